import { ArrowDownLeft, ArrowUpRight } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { DateTime } from "@/components/time/date-time";
import { formatMoney } from "@/lib/money/amount";
import type { Transaction } from "@/lib/transactions/queries";
import { TransactionBadge } from "./transaction-badge";
import { TransactionTitle } from "./transaction-title";

/** Rows of the list, as list items. */
export function TransactionRows({ rows, timeZone }: { rows: Transaction[]; timeZone: string }) {
  return rows.map((row) => <TransactionRow key={row.transactionId} row={row} timeZone={timeZone} />);
}

function TransactionRow({ row, timeZone }: { row: Transaction; timeZone: string }) {
  const t = useTranslations("transactions");
  const locale = useLocale();
  const Icon = row.amountMinor < 0 ? ArrowUpRight : ArrowDownLeft;
  const money = (minor: Transaction["amountMinor"]) => formatMoney(minor, row.currency, locale);
  const given =
    row.refundedMinor === 0
      ? null
      : row.refundedMinor === row.amountMinor
        ? t("wholly")
        : t("partly", { amount: money(row.refundedMinor) });
  return (
    <li className="relative flex items-start gap-3 px-5 py-3.5 hover:bg-sunken sm:px-6">
      <span
        aria-hidden
        className="mt-0.5 grid size-8 shrink-0 place-items-center rounded-full bg-sunken text-ink-faint"
      >
        <Icon className="size-4" />
      </span>
      <div className="min-w-0 flex-1 text-sm">
        <Link
          href={`/transactions/${row.transactionId}`}
          className="font-medium after:absolute after:inset-0 hover:underline"
        >
          <TransactionTitle description={row.description} />
        </Link>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-faint text-xs">
          <span>{row.number}</span>
          <span>{t(`types.${row.type}`)}</span>
          <DateTime at={row.createdAt} timeZone={timeZone} />
          <TransactionBadge status={row.status} />
          {given ? <span>{given}</span> : null}
        </p>
      </div>
      <div className="shrink-0 text-right text-sm">
        <Money amountMinor={row.amountMinor} currency={row.currency} className="block font-medium" />
        {row.feeMinor === 0 ? null : (
          <span className="block text-ink-faint text-xs tabular-nums">{t("feeOf", { fee: money(row.feeMinor) })}</span>
        )}
      </div>
    </li>
  );
}
