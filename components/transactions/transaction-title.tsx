import { useTranslations } from "next-intl";
import { readDescription } from "@/lib/transactions/descriptions";

/** What a transaction is for: our own words in the reader's language, a person's as they were written. */
export function TransactionTitle({ description }: { description: string }) {
  const t = useTranslations("transactions.descriptions");
  const own = readDescription(description);
  return own ? t(own.kind, { number: own.number }) : description;
}
