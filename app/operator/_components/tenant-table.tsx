import { Building2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { Money } from "@/components/money/money";
import { StateBadge } from "@/components/recharge/state-badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, Td, Th } from "@/components/ui/table";
import type { BalanceOverview } from "@/lib/recharge/types";
import type { Tenant } from "@/lib/tenants/queries";
import { type Adjust, AdjustDialog } from "./adjust-dialog";
import { StopButton } from "./stop-button";

type Props = {
  rows: { tenant: Tenant; isStopped: boolean; overview: BalanceOverview }[];
  stopTenant: (tenantId: string, stopped: boolean) => Promise<ActionResult>;
  adjust: Adjust;
};

export function TenantTable({ rows, stopTenant, adjust }: Props) {
  const t = useTranslations("operator");
  const reasons = useTranslations("recharge.reasonsShort");
  if (rows.length === 0) return <EmptyState icon={Building2} title={t("noTenants")} />;
  return (
    <div className="mt-3 pb-2">
      <Table label={t("tenants")}>
        <thead>
          <tr>
            <Th>{t("tenant")}</Th>
            <Th className="text-right">{t("balance")}</Th>
            <Th>{t("state")}</Th>
            <Th>
              <span className="sr-only">{t("actions")}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ tenant, isStopped, overview }) => (
            <tr key={tenant.tenantId}>
              <Td className="min-w-40">
                <Link href={`/operator/tenants/${tenant.tenantId}`} className="block font-medium hover:underline">
                  {tenant.name}
                </Link>
                <span className="block text-ink-faint text-xs">
                  {tenant.slug} · {tenant.currency}
                </span>
              </Td>
              <Td className="text-right">
                <Money amountMinor={overview.balanceMinor} currency={overview.currency} className="font-medium" />
              </Td>
              <Td>
                <StateBadge state={overview.state} />
                {overview.reason ? (
                  <span className="mt-1 block max-w-72 text-ink-faint text-xs">{reasons(overview.reason)}</span>
                ) : null}
              </Td>
              <Td>
                <div className="flex justify-end gap-2">
                  <AdjustDialog
                    tenantId={tenant.tenantId}
                    name={tenant.name}
                    currency={tenant.currency}
                    adjust={adjust}
                  />
                  <StopButton
                    tenantId={tenant.tenantId}
                    name={tenant.name}
                    stopped={isStopped}
                    stopTenant={stopTenant}
                  />
                </div>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
