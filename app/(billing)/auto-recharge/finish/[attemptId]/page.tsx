import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/or-not-found";
import { stripeAccess } from "@/app/stripe-access";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { methodName } from "@/components/payment-methods/method-name";
import { QuoteLines } from "@/components/recharge/quote-lines";
import { ConfirmPaymentForm } from "@/components/stripe/confirm-payment-form";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { getOverview } from "@/lib/balance/queries";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { afterFinish, getFinish } from "@/lib/recharge/finish";
import { FinishOutcome } from "./_components/finish-outcome";
import { afterFinishAction } from "./actions";
import { quoteOfAttempt } from "./quote-of-attempt";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("finish"))("title") });

type Props = {
  params: Promise<{ attemptId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function FinishPage({ params, searchParams }: Props) {
  const scope = await requireScope();
  const [{ attemptId }, query] = await Promise.all([params, searchParams]);
  // Back from the bank's page: asks first what became of the payment.
  if (query.redirect_status !== undefined && hasRole(scope, "admin")) await orNotFound(afterFinish(scope, attemptId));
  const [t, { attempt, clientSecret }, overview, methods, access] = await Promise.all([
    getTranslations("finish"),
    orNotFound(getFinish(scope, attemptId)),
    getOverview(scope),
    listPaymentMethods(scope),
    stripeAccess(),
  ]);
  const method = methods.find((m) => m.paymentMethodId === attempt.paymentMethodId);
  return (
    <div className="mx-auto max-w-xl">
      <BackLink href="/auto-recharge">{t("back")}</BackLink>
      <PageHeader title={t("title")} hint={clientSecret ? t("hint") : undefined} />
      <Card className="mb-5" aria-label={t("payment")}>
        <CardBody>
          <QuoteLines quote={quoteOfAttempt(attempt, overview.balanceMinor)} currency={attempt.currency} />
        </CardBody>
      </Card>
      {!clientSecret ? (
        <FinishOutcome attempt={attempt} />
      ) : hasRole(scope, "admin") ? (
        <ConfirmPaymentForm
          id={attempt.attemptId}
          clientSecret={clientSecret}
          currency={attempt.currency}
          access={access}
          savedMethod={method ? { id: method.paymentMethodId, name: methodName(method) } : null}
          afterConfirm={afterFinishAction}
        />
      ) : (
        <Alert tone="info" title={t("adminsOnly")} />
      )}
    </div>
  );
}
