import Link from "next/link";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import type { Invoice } from "@/lib/invoices/queries";
import { InvoiceBadge } from "./invoice-badge";
import { isOverdue } from "./overdue";
import { reasonKey } from "./reason-key";

/** Rows of the list, as list items. */
export function InvoiceRows({ rows, timeZone }: { rows: Invoice[]; timeZone: string }) {
  return rows.map((row) => <InvoiceRow key={row.invoiceId} row={row} timeZone={timeZone} />);
}

function InvoiceRow({ row, timeZone }: { row: Invoice; timeZone: string }) {
  const t = useTranslations("invoices");
  const format = useFormatter();
  const overdue = isOverdue(row, useNow());
  const day = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeZone });
  const when = row.paidAt
    ? t("paidOn", { date: day(row.paidAt) })
    : row.status === "open" && row.dueAt
      ? t("due", { date: day(row.dueAt) })
      : t("created", { date: day(row.issuedAt ?? row.createdAt) });
  return (
    <li className="relative flex items-start gap-4 px-5 py-3.5 hover:bg-sunken sm:px-6">
      <div className="min-w-0 flex-1 text-sm">
        <Link href={`/invoices/${row.invoiceId}`} className="font-medium after:absolute after:inset-0 hover:underline">
          {row.number ?? t("draftName")}
        </Link>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-faint text-xs">
          <span>{t(`reasons.${reasonKey(row.reason)}`)}</span>
          <span>{when}</span>
        </p>
        {row.memo ? <p className="mt-1 truncate text-ink-soft">{row.memo}</p> : null}
      </div>
      <div className="flex shrink-0 flex-col items-end gap-1.5 text-sm">
        <Money amountMinor={row.totalMinor} currency={row.currency} className="font-medium" />
        <InvoiceBadge status={row.status} isOverdue={overdue} />
      </div>
    </li>
  );
}
