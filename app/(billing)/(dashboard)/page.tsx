import { getLocale, getTranslations } from "next-intl/server";
import { LiveRefresh } from "@/components/layout/live-refresh";
import { PageHeader } from "@/components/layout/page-header";
import { feeSubject } from "@/components/payment-methods/fee-subject";
import { TopUpDialog } from "@/components/recharge/top-up-dialog";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { getHistory, getOverview, listEntries } from "@/lib/balance/queries";
import { now } from "@/lib/clock";
import { activeCases } from "@/lib/dunning/cases";
import { listInvoices } from "@/lib/invoices/queries";
import { listNotices } from "@/lib/notifications/queries";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { feePolicy } from "@/lib/recharge/fee-policy";
import { getRunway } from "@/lib/recharge/runway";
import { liveSubscription } from "@/lib/subscriptions/queries";
import { getTenant } from "@/lib/tenants/queries";
import { topUpAction } from "../auto-recharge/actions";
import { suggestedTopUp } from "../auto-recharge/suggested-top-up";
import { ActivityCard } from "./_components/activity-card";
import { AttentionList } from "./_components/attention-list";
import { BalanceCard } from "./_components/balance-card";
import { DunningBanner } from "./_components/dunning-banner";
import { HistoryCard } from "./_components/history-card";
import { NoticesCard } from "./_components/notices-card";
import { OpenInvoices } from "./_components/open-invoices";
import { PlanCard } from "./_components/plan-card";
import { RuleCard } from "./_components/rule-card";
import { RunwayCard } from "./_components/runway-card";
import { toShownHistory } from "./_components/shown-history";

const HISTORY_DAYS = 30;
const ENTRIES_SHOWN = 8;
const INVOICES_READ = 20;
const INVOICES_SHOWN = 5;

export default async function DashboardPage() {
  const scope = await requireScope();
  const locale = await getLocale();
  const [t, tenant, overview, runway, history, entries, methods, notices, live, cases, open] = await Promise.all([
    getTranslations("dashboard"),
    getTenant(scope),
    getOverview(scope),
    getRunway(scope),
    getHistory(scope, { days: HISTORY_DAYS }),
    listEntries(scope, { limit: ENTRIES_SHOWN, cursor: null }),
    listPaymentMethods(scope),
    listNotices(scope, { unreadOnly: true, limit: 5, locale }),
    liveSubscription(scope),
    activeCases(scope),
    listInvoices(scope, { status: ["open"] }, { limit: INVOICES_READ, cursor: null }),
  ]);
  const isAdmin = hasRole(scope, "admin");
  const charged = methods.find((method) => method.paymentMethodId === overview.paymentMethodId);
  const terms = {
    currency: overview.currency,
    balanceMinor: overview.balanceMinor,
    feePolicy: feePolicy(overview.currency),
    method: feeSubject(charged ?? methods.find((method) => method.isDefault)),
    suggested: suggestedTopUp(overview),
  };
  const busy = overview.state === "charging" || overview.state === "processing";
  return (
    <>
      <LiveRefresh everySeconds={busy ? 2 : 5} />
      <PageHeader
        title={tenant.name}
        hint={t("hint")}
        action={
          methods.length > 0 ? (
            <TopUpDialog topUp={topUpAction} terms={terms} disabledReason={isAdmin ? null : t("adminsOnly")} />
          ) : undefined
        }
      />
      <div className="grid gap-5 lg:grid-cols-3">
        {cases.map((dunning) => {
          const invoice = open.data.find((one) => one.invoiceId === dunning.invoiceId);
          return invoice ? (
            <DunningBanner key={dunning.caseId} dunning={dunning} invoice={invoice} className="lg:col-span-3" />
          ) : null;
        })}
        <AttentionList overview={overview} methods={methods} timeZone={tenant.timeZone} className="lg:col-span-3" />
        <BalanceCard overview={overview} className="lg:col-span-2" />
        <RuleCard overview={overview} method={charged} timeZone={tenant.timeZone} />
        <div className="flex min-w-0 flex-col gap-5 lg:col-span-2">
          <HistoryCard
            points={toShownHistory(history, overview.balanceMinor, now())}
            overview={overview}
            days={HISTORY_DAYS}
            timeZone={tenant.timeZone}
          />
          <ActivityCard entries={entries.data} currency={overview.currency} timeZone={tenant.timeZone} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <PlanCard live={live} timeZone={tenant.timeZone} />
          <RunwayCard runway={runway} currency={overview.currency} />
          <OpenInvoices invoices={open.data.slice(0, INVOICES_SHOWN)} timeZone={tenant.timeZone} />
          <NoticesCard notices={notices} timeZone={tenant.timeZone} />
        </div>
      </div>
    </>
  );
}
