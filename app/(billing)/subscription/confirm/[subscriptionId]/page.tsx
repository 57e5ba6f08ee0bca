import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { stripeAccess } from "@/app/stripe-access";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { methodName } from "@/components/payment-methods/method-name";
import { ConfirmPaymentForm } from "@/components/stripe/confirm-payment-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { planOf } from "@/lib/plans/catalogue";
import { PLAN_NAMES } from "@/lib/plans/types";
import { hasAccess } from "@/lib/subscriptions/access";
import { afterFirstPayment, getFirstPayment } from "@/lib/subscriptions/first-payment";
import { afterFirstPaymentAction } from "../../actions";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("subscription.confirm"))("title"),
});

const TONES = { settled: "good", failed: "bad", underWay: "info" } as const;

type Props = {
  params: Promise<{ subscriptionId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Back from the bank's page: asks first what became of the payment. */
async function read(scope: TenantScope, subscriptionId: string, isBack: boolean) {
  try {
    if (isBack && hasRole(scope, "admin")) await afterFirstPayment(scope, subscriptionId);
    return await getFirstPayment(scope, subscriptionId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

export default async function ConfirmFirstPaymentPage({ params, searchParams }: Props) {
  const scope = await requireScope("admin");
  const [{ subscriptionId }, query] = await Promise.all([params, searchParams]);
  const [t, first, methods, access] = await Promise.all([
    getTranslations("subscription.confirm"),
    read(scope, subscriptionId, query.redirect_status !== undefined),
    listPaymentMethods(scope),
    stripeAccess(),
  ]);
  const { subscription, clientSecret } = first;
  const method = methods.find((one) => one.paymentMethodId === first.paymentMethodId);
  const plan = PLAN_NAMES[planOf(subscription.plan, subscription.planVersion).id];
  const kind = hasAccess(subscription, now()) ? "settled" : subscription.endedAt ? "failed" : "underWay";
  return (
    <div className="mx-auto max-w-xl">
      <BackLink href="/subscription">{t("back")}</BackLink>
      <PageHeader title={t("title")} hint={clientSecret ? t("hint") : undefined} />
      {clientSecret ? (
        <ConfirmPaymentForm
          id={subscription.subscriptionId}
          clientSecret={clientSecret}
          currency={subscription.currency}
          access={access}
          savedMethod={method ? { id: method.paymentMethodId, name: methodName(method) } : null}
          afterConfirm={afterFirstPaymentAction}
        />
      ) : (
        <Alert
          tone={TONES[kind]}
          live
          title={t(`${kind}.title`, { plan })}
          action={
            <Button asChild size="small" tone="primary">
              <Link href="/subscription">{t(`${kind}.action`)}</Link>
            </Button>
          }
        >
          {t(`${kind}.text`)}
        </Alert>
      )}
    </div>
  );
}
