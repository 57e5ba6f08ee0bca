import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/or-not-found";
import { stripeAccess } from "@/app/stripe-access";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { methodName } from "@/components/payment-methods/method-name";
import { ConfirmPaymentForm } from "@/components/stripe/confirm-payment-form";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { requireScope } from "@/lib/auth/gate";
import { getWaitingPayment, refreshInvoice } from "@/lib/invoices/waiting-payment";
import { listPaymentMethods } from "@/lib/payment-methods/queries";
import { afterPaymentAction } from "../../actions";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("invoices.confirm"))("title"),
});

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Finishes a payment that the customer's bank wants to ask about. */
export default async function ConfirmInvoicePage({ params, searchParams }: Props) {
  const [scope, { id }, query] = await Promise.all([requireScope("admin"), params, searchParams]);
  // Back from the bank's page: asks first what became of the payment.
  if (query.redirect_status !== undefined) await orNotFound(refreshInvoice(scope, id));
  const [t, waiting, methods, access] = await Promise.all([
    getTranslations("invoices.confirm"),
    orNotFound(getWaitingPayment(scope, id)),
    listPaymentMethods(scope),
    stripeAccess(),
  ]);
  const { invoice, clientSecret } = waiting;
  const method = methods.find((one) => one.paymentMethodId === waiting.paymentMethodId);
  const number = invoice.number ?? "";
  const isPaid = invoice.status === "paid";
  return (
    <div className="mx-auto max-w-xl">
      <BackLink href={`/invoices/${invoice.invoiceId}`}>{t("back")}</BackLink>
      <PageHeader title={t("title")} hint={clientSecret ? t("hint", { number }) : undefined} />
      {clientSecret ? (
        <ConfirmPaymentForm
          id={invoice.invoiceId}
          clientSecret={clientSecret}
          currency={invoice.currency}
          access={access}
          savedMethod={method ? { id: method.paymentMethodId, name: methodName(method) } : null}
          afterConfirm={afterPaymentAction}
          hosted={
            invoice.hostedUrl ? (
              <Button asChild size="small" tone="primary">
                <a href={invoice.hostedUrl}>{t("hosted")}</a>
              </Button>
            ) : null
          }
        />
      ) : (
        <Alert
          tone={isPaid ? "good" : "info"}
          live
          title={isPaid ? t("settled", { number }) : t("nothing")}
          action={
            <Button asChild size="small" tone="primary">
              <Link href={`/invoices/${invoice.invoiceId}`}>{t("back")}</Link>
            </Button>
          }
        />
      )}
    </div>
  );
}
