import Link from "next/link";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { isOverdue } from "@/components/invoices/overdue";
import { Money } from "@/components/money/money";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import type { Invoice } from "@/lib/invoices/queries";
import { subtract } from "@/lib/money/minor";

type Props = { invoices: Invoice[]; timeZone: string; className?: string };

/** What is to be paid; nothing is shown when nothing is. */
export function OpenInvoices({ invoices, timeZone, className }: Props) {
  const t = useTranslations("dashboard.openInvoices");
  const format = useFormatter();
  const at = useNow();
  if (invoices.length === 0) return null;
  return (
    <Card aria-labelledby="open-invoices-title" className={className}>
      <CardHeader
        id="open-invoices-title"
        title={t("title")}
        action={
          <Button asChild size="small" tone="plain" className="-my-1.5 -mr-3">
            <Link href="/invoices">{t("all")}</Link>
          </Button>
        }
      />
      <ul className="mt-2 divide-y pb-2 text-sm">
        {invoices.map((invoice) => {
          const overdue = isOverdue(invoice, at);
          const due = invoice.dueAt
            ? t(overdue ? "overdue" : "due", {
                date: format.dateTime(invoice.dueAt, { dateStyle: "medium", timeZone }),
              })
            : null;
          return (
            <li
              key={invoice.invoiceId}
              className="relative flex items-center justify-between gap-4 px-5 py-3 hover:bg-sunken sm:px-6"
            >
              <span className="min-w-0">
                <Link
                  href={`/invoices/${invoice.invoiceId}`}
                  className="font-medium after:absolute after:inset-0 hover:underline"
                >
                  {invoice.number}
                </Link>
                {due ? (
                  <span className={`block text-xs ${overdue ? "text-port" : "text-ink-faint"}`}>{due}</span>
                ) : null}
              </span>
              <Money
                amountMinor={subtract(invoice.amountDueMinor, invoice.amountPaidMinor)}
                currency={invoice.currency}
                className="font-medium"
              />
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
