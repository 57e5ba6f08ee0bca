import { Pencil } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/forms/confirm-button";
import { methodName } from "@/components/payment-methods/method-name";
import { Button } from "@/components/ui/button";
import type { InvoiceDetail } from "@/lib/invoices/queries";
import { subtract } from "@/lib/money/minor";
import type { PaymentMethod } from "@/lib/payment-methods/types";
import {
  creditAction,
  deleteDraftAction,
  finalizeAction,
  payInvoiceAction,
  sendInvoiceAction,
  uncollectibleAction,
  voidAction,
} from "../../actions";
import { CreditDialog } from "./credit-dialog";
import { PayDialog } from "./pay-dialog";
import { SendButton } from "./send-button";

type Props = { invoice: InvoiceDetail; methods: PaymentMethod[] };

/** What can be done with an invoice in the state it is in. */
export function InvoiceActions({ invoice, methods }: Props) {
  const t = useTranslations("invoices.actions");
  const { invoiceId, status } = invoice;
  const number = invoice.number ?? "";
  const isOwnDraft = status === "draft" && invoice.createdBy !== "stripe";
  const canBePaid = status === "open" || status === "uncollectible";
  const left = subtract(invoice.amountDueMinor, invoice.amountPaidMinor);
  const usable = methods
    .filter((method) => method.status !== "requires_verification")
    .map((method) => ({ id: method.paymentMethodId, name: methodName(method), isDefault: method.isDefault }));
  if (isOwnDraft)
    return (
      <>
        <Button asChild>
          <Link href={`/invoices/${invoiceId}/edit`}>
            <Pencil aria-hidden />
            {t("edit")}
          </Link>
        </Button>
        <ConfirmButton
          label={t("finalize")}
          fullLabel={t("finalize")}
          title={t("finalizeTitle")}
          text={t("finalizeText")}
          tone="primary"
          size="normal"
          action={finalizeAction.bind(null, invoiceId)}
        />
        <ConfirmButton
          label={t("delete")}
          fullLabel={t("delete")}
          title={t("deleteTitle")}
          text={t("deleteText")}
          size="normal"
          action={deleteDraftAction.bind(null, invoiceId)}
        />
      </>
    );
  if (status === "draft" || status === "void") return null;
  return (
    <>
      {canBePaid ? (
        <PayDialog
          invoiceId={invoiceId}
          number={number}
          amountMinor={left}
          currency={invoice.currency}
          methods={usable}
          hostedUrl={invoice.hostedUrl}
          pay={payInvoiceAction}
        />
      ) : null}
      <SendButton send={sendInvoiceAction.bind(null, invoiceId)} />
      <CreditDialog invoiceId={invoiceId} number={number} currency={invoice.currency} credit={creditAction} />
      {status === "open" ? (
        <ConfirmButton
          label={t("uncollectible")}
          fullLabel={t("uncollectible")}
          title={t("uncollectibleTitle", { number })}
          text={t("uncollectibleText")}
          size="normal"
          action={uncollectibleAction.bind(null, invoiceId)}
        />
      ) : null}
      {canBePaid ? (
        <ConfirmButton
          label={t("void")}
          fullLabel={t("void")}
          title={t("voidTitle", { number })}
          text={t("voidText")}
          size="normal"
          action={voidAction.bind(null, invoiceId)}
        />
      ) : null}
    </>
  );
}
