import { FileText } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import { InvoiceBadge } from "@/components/invoices/invoice-badge";
import { isOverdue } from "@/components/invoices/overdue";
import { Money } from "@/components/money/money";
import { DateTime } from "@/components/time/date-time";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th } from "@/components/ui/table";
import type { Invoice } from "@/lib/invoices/queries";
import { OpenForm } from "./open-form";

type Props = { rows: Invoice[]; tenantId: string; timeZone: string };

export function InvoicesCard({ rows, tenantId, timeZone }: Props) {
  const t = useTranslations("operatorTenant.invoices");
  const at = useNow();
  return (
    <Card aria-labelledby="invoices-title">
      <CardHeader
        id="invoices-title"
        title={t("title")}
        className="pb-3"
        action={
          <OpenForm tenantId={tenantId} to="/invoices" label={t("allNamed")}>
            {t("all")}
          </OpenForm>
        }
      />
      {rows.length === 0 ? (
        <EmptyState icon={FileText} title={t("none")} />
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
            {rows.map((row) => {
              const name = row.number ?? t("draft");
              return (
                <tr key={row.invoiceId}>
                  <Td>
                    <span className="block font-medium">{name}</span>
                    <span className="mt-0.5 flex flex-wrap items-center gap-2 text-ink-faint text-xs">
                      <DateTime at={row.issuedAt ?? row.createdAt} timeZone={timeZone} style="day" />
                      <InvoiceBadge status={row.status} isOverdue={isOverdue(row, at)} />
                    </span>
                  </Td>
                  <Td className="text-right">
                    <Money amountMinor={row.totalMinor} currency={row.currency} />
                  </Td>
                  <Td className="whitespace-nowrap text-right">
                    <OpenForm
                      tenantId={tenantId}
                      to={`/invoices/${row.invoiceId}`}
                      label={t("showNamed", { number: name })}
                    >
                      {t("show")}
                    </OpenForm>
                  </Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
