import { z } from "zod";
import { endOfDayNamed, startOfDayNamed } from "@/lib/recharge/calendar";
import type { TransactionFilter } from "@/lib/transactions/queries";
import { PERIODS } from "@/lib/transactions/summary";

export const TYPES = ["payment", "refund", "adjustment", "fee"] as const;
export const STATUSES = ["pending", "succeeded", "failed", "canceled"] as const;

const day = z.iso.date();
const schema = z.object({
  type: z.enum(TYPES).optional().catch(undefined),
  status: z.enum(STATUSES).optional().catch(undefined),
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  q: z.string().trim().min(1).max(200).optional().catch(undefined),
  period: z.enum(PERIODS).catch("month"),
});

/** What the page's address asks for; what it does not understand it leaves out. */
export type Asked = z.output<typeof schema>;
export const readAsked = (query: Record<string, string | string[] | undefined>): Asked => schema.parse(query);

/** The days are days of the tenant, the last one included. */
export const toFilter = ({ type, status, from, to, q }: Asked, timeZone: string): TransactionFilter => ({
  ...(type && { type: [type] }),
  ...(status && { status: [status] }),
  ...(from && { from: startOfDayNamed(from, timeZone) }),
  ...(to && { to: endOfDayNamed(to, timeZone) }),
  ...(q && { search: q }),
});

export const isFiltered = ({ period: _, ...asked }: Asked): boolean =>
  Object.values(asked).some((value) => value !== undefined);

/** The same filter as the API spells it, for exports. */
export function exportQuery(asked: Asked, timeZone: string): string {
  const { from, to } = toFilter(asked, timeZone);
  const query = new URLSearchParams();
  if (asked.type) query.set("type", asked.type);
  if (asked.status) query.set("status", asked.status);
  if (from) query.set("from", from.toISOString());
  if (to) query.set("to", to.toISOString());
  if (asked.q) query.set("q", asked.q);
  return query.toString();
}
