import type { UsageMonth } from "@/lib/usage/queries";

/** How a month is named in the page's address. */
export const monthKey = (month: UsageMonth): string => `${month.subscriptionId}.${month.period.start.getTime()}`;

/** The month that the address names, if the tenant has it. */
export const chosenMonth = (asked: string | string[] | undefined, months: UsageMonth[]): UsageMonth | undefined =>
  months.find((month) => monthKey(month) === asked);
