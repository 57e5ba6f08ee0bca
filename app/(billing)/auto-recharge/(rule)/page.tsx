import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/layout/live-refresh";
import { PageHeader } from "@/components/layout/page-header";
import { feeSubject } from "@/components/payment-methods/fee-subject";
import { methodName } from "@/components/payment-methods/method-name";
import { StateBadge } from "@/components/recharge/state-badge";
import { TopUpDialog } from "@/components/recharge/top-up-dialog";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { getOverview } from "@/lib/balance/queries";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { feePolicy } from "@/lib/recharge/fee-policy";
import { listAttempts, listDecisions } from "@/lib/recharge/queries";
import { getTenant } from "@/lib/tenants/queries";
import { Records } from "../_components/records";
import { RightNow } from "../_components/right-now";
import { RuleForm } from "../_components/rule-form";
import { ruleValues } from "../_components/rule-values";
import { olderAttempts, olderDecisions, saveRuleAction, topUpAction } from "../actions";
import { rightNow } from "../right-now";
import { ROWS_SHOWN } from "../rows-shown";
import { suggestedTopUp } from "../suggested-top-up";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("recharge"))("title"),
});

export default async function AutoRechargePage() {
  const scope = await requireScope();
  const [t, tenant, overview, methods, attempts, decisions, verdict] = await Promise.all([
    getTranslations("recharge"),
    getTenant(scope),
    getOverview(scope),
    listPaymentMethods(scope),
    listAttempts(scope, { limit: ROWS_SHOWN, cursor: null }),
    listDecisions(scope, { limit: ROWS_SHOWN, cursor: null }),
    rightNow(scope),
  ]);
  const isAdmin = hasRole(scope, "admin");
  const { currency } = overview;
  const options = methods.map((method) => ({
    id: method.paymentMethodId,
    name: methodName(method),
    isDefault: method.isDefault,
    usable: method.status === "active" || method.status === "failing",
    feeSubject: feeSubject(method),
  }));
  const charged =
    options.find((method) => method.id === overview.paymentMethodId) ?? options.find((method) => method.isDefault);
  const terms = {
    currency,
    balanceMinor: overview.balanceMinor,
    feePolicy: feePolicy(currency),
    method: charged?.feeSubject ?? null,
    suggested: suggestedTopUp(overview),
  };
  const names = Object.fromEntries(options.map((method) => [method.id, method.name]));
  return (
    <>
      <LiveRefresh everySeconds={5} />
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {t("title")} <StateBadge state={overview.state} />
          </span>
        }
        hint={t("hint")}
        action={
          methods.length > 0 ? (
            <TopUpDialog
              topUp={topUpAction}
              terms={terms}
              tone="quiet"
              disabledReason={isAdmin ? null : t("form.readOnly")}
            />
          ) : undefined
        }
      />
      <RuleForm
        saved={ruleValues(overview.rule, currency)}
        save={saveRuleAction}
        currency={currency}
        balanceMinor={overview.balanceMinor}
        pendingMinor={overview.pendingMinor}
        methods={options}
        feePolicy={terms.feePolicy}
        readOnly={!isAdmin}
      />
      <RightNow verdict={verdict} overview={overview} timeZone={tenant.timeZone} />
      <Records
        attempts={attempts}
        olderAttempts={olderAttempts}
        decisions={decisions}
        olderDecisions={olderDecisions}
        names={names}
        currency={currency}
        timeZone={tenant.timeZone}
      />
    </>
  );
}
