import { useFormatter, useTranslations } from "next-intl";
import { readStripeLine } from "@/lib/invoices/stripe-line";

/** What a line is for: Stripe's own words in the reader's language, a person's as they were written. */
export function LineText({ description }: { description: string }) {
  const t = useTranslations("invoices.stripeLines");
  const format = useFormatter();
  const own = readStripeLine(description);
  if (!own) return description;
  if (own.kind === "recurring") return t("recurring", own);
  return t(own.kind, { plan: own.plan, date: format.dateTime(own.at, { dateStyle: "medium", timeZone: "UTC" }) });
}
