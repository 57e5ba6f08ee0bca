import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { DunningCase } from "@/lib/dunning/cases";
import type { Invoice } from "@/lib/invoices/queries";
import { formatMoney } from "@/lib/money/amount";
import { subtract } from "@/lib/money/minor";

type Props = { dunning: DunningCase; invoice: Invoice; className?: string };

/** An invoice could not be paid: what happens when, in the zone of its timetable, and the two ways out. */
export function DunningBanner({ dunning, invoice, className }: Props) {
  const t = useTranslations("dunning.banner");
  const locale = useLocale();
  const format = useFormatter();
  const when = (at: Date) =>
    format.dateTime(at, { dateStyle: "medium", timeStyle: "short", timeZone: dunning.timeZone });
  const next = dunning.steps.find((step) => step.kind === "attempt" && step.doneAt === null);
  const left = subtract(invoice.amountDueMinor, invoice.amountPaidMinor);
  return (
    <Alert
      tone="bad"
      className={className}
      title={t("title", { number: invoice.number ?? "", amount: formatMoney(left, invoice.currency, locale) })}
      action={
        <>
          <Button asChild tone="primary" size="small">
            <Link href={`/invoices/${invoice.invoiceId}`}>{t("pay")}</Link>
          </Button>
          <Button asChild size="small">
            <Link href="/payment-methods/add">{t("replace")}</Link>
          </Button>
        </>
      }
    >
      {next ? t("next", { date: when(next.dueAt) }) : t("none")} {t("grace", { date: when(dunning.graceEndsAt) })}
    </Alert>
  );
}
