import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { topUpAction } from "@/app/(billing)/auto-recharge/actions";
import { suggestedTopUp } from "@/app/(billing)/auto-recharge/suggested-top-up";
import { PageHeader } from "@/components/layout/page-header";
import { Money } from "@/components/money/money";
import { feeSubject } from "@/components/payment-methods/fee-subject";
import { MethodBadges } from "@/components/payment-methods/method-badges";
import { MethodMark } from "@/components/payment-methods/method-mark";
import { methodName } from "@/components/payment-methods/method-name";
import { StateBadge } from "@/components/recharge/state-badge";
import { TopUpDialog } from "@/components/recharge/top-up-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { getOverview } from "@/lib/balance/queries";
import { AppError } from "@/lib/errors";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { feePolicy } from "@/lib/recharge/fee-policy";
import { OutcomeAlert } from "./_components/outcome-alert";
import { setupOutcome } from "./setup-outcome";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("paymentMethods.success"))("title"),
});

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SetupSuccessPage({ searchParams }: Props) {
  const scope = await requireScope();
  const query = await searchParams;
  const only = (value: string | string[] | undefined) => (typeof value === "string" ? value : undefined);
  // First: it makes our rows equal to Stripe's, which the rest of the page reads.
  const outcome = await setupOutcome(scope, { setup_intent: only(query.setup_intent), from: only(query.from) }).catch(
    (error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") notFound();
      throw error;
    },
  );
  const [t, overview, methods] = await Promise.all([
    getTranslations("paymentMethods"),
    getOverview(scope),
    listPaymentMethods(scope),
  ]);
  const saved = "method" in outcome ? outcome.method : null;
  const shown = saved ? [saved] : methods;
  const charged =
    methods.find((method) => method.paymentMethodId === overview.paymentMethodId) ??
    methods.find((method) => method.isDefault);
  const terms = {
    currency: overview.currency,
    balanceMinor: overview.balanceMinor,
    feePolicy: feePolicy(overview.currency),
    method: feeSubject(charged),
    suggested: suggestedTopUp(overview) || "20",
  };
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={t("success.title")} />
      <div className="flex flex-col gap-5">
        <OutcomeAlert outcome={outcome} />
        {shown.length > 0 ? (
          <Card aria-label={t("title")}>
            <ul className="divide-y">
              {shown.map((method) => (
                <li key={method.paymentMethodId} className="flex flex-wrap items-center gap-4 p-5">
                  <MethodMark method={method} />
                  <span className="min-w-0 flex-1 font-medium">{methodName(method)}</span>
                  <MethodBadges method={method} />
                </li>
              ))}
            </ul>
          </Card>
        ) : null}
        <Card aria-labelledby="now-title">
          <CardHeader id="now-title" title={t("success.now")} />
          <CardBody>
            <dl className="grid gap-4 sm:grid-cols-2">
              <div>
                <dt className="text-ink-faint text-sm">{t("success.balance")}</dt>
                <dd>
                  <Money
                    amountMinor={overview.balanceMinor}
                    currency={overview.currency}
                    className="font-semibold text-2xl"
                    data-testid="balance"
                  />
                </dd>
              </div>
              <div>
                <dt className="mb-1 text-ink-faint text-sm">{t("success.autoRecharge")}</dt>
                <dd>
                  <StateBadge state={overview.state} />
                </dd>
              </div>
            </dl>
            <div className="mt-5 flex flex-wrap gap-2 border-t pt-5">
              {methods.length > 0 ? (
                <TopUpDialog
                  topUp={topUpAction}
                  terms={terms}
                  disabledReason={hasRole(scope, "admin") ? null : t("readOnly")}
                />
              ) : null}
              <Button asChild>
                <Link href="/auto-recharge">{t(overview.rule.enabled ? "success.seeRule" : "success.setUpRule")}</Link>
              </Button>
              <Button asChild tone="plain">
                <Link href="/payment-methods">{t("success.allMethods")}</Link>
              </Button>
            </div>
          </CardBody>
        </Card>
      </div>
    </div>
  );
}
