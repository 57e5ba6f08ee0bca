import { systemDb } from "@/db/client";
import type { TenantScope } from "@/lib/auth/scope";
import { AppError } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { PROBLEM_SENTENCES, problemOf } from "@/lib/payment-methods/problems";
import { invoiceClientSecret } from "@/lib/stripe/invoices";
import { payInvoice } from "./pay";
import type { PaymentRow } from "./payment-rows";
import { refuseInvoice } from "./refusals";
import { readInvoice } from "./rows";

/** Why a payment came to nothing, in words for whoever asked for it. */
function refusalOf(payment: PaymentRow, status: string): AppError {
  switch (payment.failureCode) {
    case "not_needed":
    case "invoice_void":
    case "invoice_not_open":
      return new AppError("invoice_not_open", `the invoice is ${status}`);
    case "stripe_error":
    case "abandoned":
      return new AppError("stripe_unavailable", "nothing was charged: try again");
    default: {
      const problem = problemOf({ code: payment.failureCode, declineCode: payment.declineCode });
      return new AppError("payment_method_declined", PROBLEM_SENTENCES[problem], {
        fields: [{ path: "paymentMethodId", message: problem }],
      });
    }
  }
}

/**
 * Pays an invoice for the customer who asks for it now.
 * @returns the payment: paid, on its way, not known yet, or to be finished in the browser by the secret
 * @throws AppError payment_method_declined · stripe_unavailable · and what {@link payInvoice} throws
 */
export async function payByCustomer(
  scope: TenantScope,
  invoiceId: string,
  input: { paymentMethodId: PaymentMethodId | null; requestKey: string | null },
): Promise<{ payment: PaymentRow; clientSecret: string | null }> {
  const payment = await payInvoice({ tenantId: scope.tenantId, invoiceId, trigger: "customer", ...input });
  const { status, stripeInvoiceId } = await readInvoice(systemDb(), scope.tenantId, invoiceId);
  if (payment.state === "failed" && status !== "paid") throw refusalOf(payment, status);
  const waits = payment.state === "requires_action" && stripeInvoiceId;
  return { payment, clientSecret: waits ? await invoiceClientSecret(stripeInvoiceId).catch(refuseInvoice) : null };
}
