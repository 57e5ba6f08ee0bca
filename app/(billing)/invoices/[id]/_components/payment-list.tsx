import Link from "next/link";
import { useTranslations } from "next-intl";
import { Money } from "@/components/money/money";
import { methodName } from "@/components/payment-methods/method-name";
import { DateTime } from "@/components/time/date-time";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { InvoiceDetail } from "@/lib/invoices/queries";
import { problemOf } from "@/lib/payment-methods/problems";
import type { PaymentMethod } from "@/lib/payment-methods/types";

const TONES: Record<InvoiceDetail["payments"][number]["state"], Tone> = {
  started: "keel",
  processing: "keel",
  requires_action: "warn",
  unknown: "warn",
  succeeded: "good",
  failed: "bad",
};

const STATES = { succeeded: "succeeded", pending: "processing", failed: "failed", canceled: "failed" } as const;

type Props = { invoice: InvoiceDetail; methods: PaymentMethod[]; timeZone: string };

/** Every try to collect it, also those that failed. */
export function PaymentList({ invoice, methods, timeZone }: Props) {
  const t = useTranslations("invoices");
  const problem = useTranslations("notices.problems");
  return (
    <Card aria-labelledby="payments-title">
      <CardHeader id="payments-title" title={t("detail.payments")} />
      {invoice.payments.length + invoice.collected.length === 0 ? (
        <CardBody className="text-ink-soft text-sm">
          {t(invoice.status === "paid" ? "detail.nothingToPay" : "detail.noPayments")}
        </CardBody>
      ) : (
        <ul className="mt-2 divide-y pb-2 text-sm">
          {invoice.collected.map((payment) => (
            <li
              key={payment.transactionId}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-5 py-3.5 sm:px-6"
            >
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <Badge tone={TONES[STATES[payment.status]]}>{t(`paymentStates.${STATES[payment.status]}`)}</Badge>
                <DateTime at={payment.createdAt} timeZone={timeZone} className="text-ink-faint" />
                <span className="text-ink-faint">
                  {t(`paymentTriggers.${invoice.chargesAutomatically ? "stripe" : "link"}`)}
                </span>
                <Link href={`/transactions/${payment.transactionId}`} className="underline underline-offset-4">
                  {payment.number}
                </Link>
              </span>
              <Money amountMinor={payment.amountMinor} currency={payment.currency} className="font-medium" />
            </li>
          ))}
          {invoice.payments.map((payment) => {
            const method = methods.find((one) => one.paymentMethodId === payment.paymentMethodId);
            return (
              <li key={payment.paymentId} className="px-5 py-3.5 sm:px-6">
                <p className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                  <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                    <Badge tone={TONES[payment.state]}>{t(`paymentStates.${payment.state}`)}</Badge>
                    <DateTime at={payment.createdAt} timeZone={timeZone} className="text-ink-faint" />
                    <span className="text-ink-faint">{t(`paymentTriggers.${payment.trigger}`)}</span>
                  </span>
                  <Money amountMinor={payment.amountMinor} currency={payment.currency} className="font-medium" />
                </p>
                {method ? <p className="mt-1">{methodName(method)}</p> : null}
                {payment.state === "failed" && payment.failureCode ? (
                  <p className="mt-0.5 text-ink-soft">
                    {problem(problemOf({ code: payment.failureCode, declineCode: payment.declineCode }))}
                  </p>
                ) : null}
                {payment.state === "requires_action" ? (
                  <Link
                    href={`/invoices/${invoice.invoiceId}/confirm`}
                    className="text-keel-deep underline underline-offset-4"
                  >
                    {t("actions.finish")}
                  </Link>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
