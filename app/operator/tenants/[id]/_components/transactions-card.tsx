import { ArrowLeftRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { DateTime } from "@/components/time/date-time";
import { TransactionBadge } from "@/components/transactions/transaction-badge";
import { TransactionTitle } from "@/components/transactions/transaction-title";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th } from "@/components/ui/table";
import type { Transaction } from "@/lib/transactions/queries";
import { OpenForm } from "./open-form";

type Props = { rows: Transaction[]; tenantId: string; timeZone: string };

/** The last ones; what is given back is given back on the transaction's own page. */
export function TransactionsCard({ rows, tenantId, timeZone }: Props) {
  const t = useTranslations("operatorTenant.transactions");
  const isRefundable = (row: Transaction) =>
    row.type === "payment" && row.status === "succeeded" && row.refundedMinor < row.amountMinor;
  return (
    <Card aria-labelledby="transactions-title">
      <CardHeader
        id="transactions-title"
        title={t("title")}
        className="pb-3"
        action={
          <OpenForm tenantId={tenantId} to="/transactions" label={t("allNamed")}>
            {t("all")}
          </OpenForm>
        }
      />
      {rows.length === 0 ? (
        <EmptyState icon={ArrowLeftRight} title={t("none")} />
      ) : (
        <Table label={t("title")}>
          <thead>
            <tr>
              <Th>{t("what")}</Th>
              <Th className="text-right">{t("amount")}</Th>
              <Th>
                <span className="sr-only">{t("actions")}</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.transactionId}>
                <Td>
                  <span className="block font-medium">
                    <TransactionTitle description={row.description} />
                  </span>
                  <span className="mt-0.5 flex flex-wrap items-center gap-2 text-ink-faint text-xs">
                    {row.number} <DateTime at={row.createdAt} timeZone={timeZone} style="short" />
                    <TransactionBadge status={row.status} />
                  </span>
                </Td>
                <Td className="text-right">
                  <Money amountMinor={row.amountMinor} currency={row.currency} />
                </Td>
                <Td className="whitespace-nowrap text-right">
                  <OpenForm
                    tenantId={tenantId}
                    to={`/transactions/${row.transactionId}`}
                    label={t(isRefundable(row) ? "refundNamed" : "showNamed", { number: row.number })}
                  >
                    {t(isRefundable(row) ? "refund" : "show")}
                  </OpenForm>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
