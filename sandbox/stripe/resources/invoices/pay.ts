import type Stripe from "stripe";
import type { Account } from "../../account";
import { cardFailure, invalidRequest, type StripeFailure } from "../../http/errors";
import type { Call } from "../../http/route";
import { API_VERSION } from "../../http/version";
import { instrumentOf } from "../../instruments/instrument";
import { emit } from "../../webhooks/events";
import { paymentNeedsAuthentication } from "../authentication";
import { confirmPayment } from "../payment-intents/confirm";
import { resolveMethod } from "../payment-methods/attach";
import { invoicePaymentFailed } from "../subscriptions/after-invoice";
import { afterAttempt, endRetries } from "./attempt";
import { changeInvoice } from "./change";
import { createDefaultIntent, defaultMethodOf, openDefault } from "./intent";

export interface HowToPay {
  offSession: boolean;
  /** Instead of the invoice's, the subscription's or the customer's default. */
  paymentMethod?: string;
  /** Fail, instead of waiting for the customer's authentication. */
  errorOnRequiresAction?: boolean;
}

/** What an attempt came to. Open without a failure means that a bank debit is on its way. */
export interface PaidOrNot {
  invoice: Stripe.Invoice;
  failure: StripeFailure | null;
}

const BY_STRIPE: Call = {
  path: {},
  version: API_VERSION,
  clientSecret: null,
  publishable: false,
  ipAddress: "127.0.0.1",
  userAgent: "Stripe stand-in, billing",
};

function noMethod(): StripeFailure {
  return invalidRequest(
    "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
    { code: "resource_missing" },
  );
}

function actionRequired(intent: Stripe.PaymentIntent): StripeFailure {
  return cardFailure({
    code: "invoice_payment_intent_requires_action",
    message:
      "This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice. For more details see: https://stripe.com/docs/billing/subscriptions/overview#requires-action",
    payment_intent: intent,
  });
}

function checkPayable(invoice: Stripe.Invoice): void {
  if (invoice.status === "paid") throw invalidRequest("Invoice is already paid");
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    throw invalidRequest(`You cannot pay an invoice with the status ${invoice.status}.`);
}

/** The customer has to come back: told beside the intent's own events, and tried again later. */
function waitForAction(account: Account, invoice: Stripe.Invoice): Stripe.Invoice {
  const waiting = changeInvoice(account, invoice, afterAttempt(account, invoice));
  emit(account, "invoice.payment_failed", waiting);
  invoicePaymentFailed(account, waiting);
  endRetries(account, waiting);
  return waiting;
}

/**
 * Tries to pay an open invoice with its default payment intent. Declines are returned, not thrown.
 * @throws StripeFailure 400 when it cannot even be tried: no method, a method that is not the customer's, paid already
 */
export function payInvoice(account: Account, invoice: Stripe.Invoice, how: HowToPay): PaidOrNot {
  checkPayable(invoice);
  const methodId = how.paymentMethod ?? defaultMethodOf(account, invoice);
  if (methodId === null) throw noMethod();
  const intent = openDefault(account, invoice)?.intent ?? createDefaultIntent(account, invoice);
  if (intent.status === "processing")
    throw invalidRequest("This invoice cannot be paid again, because a payment of it is being processed.");
  const method = resolveMethod(account, methodId);
  if (how.paymentMethod !== undefined && method.customer !== invoice.customer)
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${methodId}. The payment method must be attached to the customer.`,
      { param: "payment_method" },
    );
  const wish = intent.payment_method_options?.card?.request_three_d_secure;
  const needsCustomer = paymentNeedsAuthentication(instrumentOf(account, method.id), {
    offSession: how.offSession,
    requested: wish === "any" || wish === "challenge",
  });
  // Billing leaves the intent to the customer where a payment of its own would be declined.
  const { intent: confirmed, failure } = confirmPayment(
    account,
    intent,
    {
      payment_method: method.id,
      off_session: how.offSession && !needsCustomer,
      error_on_requires_action: how.errorOnRequiresAction,
    },
    BY_STRIPE,
  );
  const after = account.tables.invoices.get(invoice.id) ?? invoice;
  if (confirmed.status !== "requires_action") return { invoice: after, failure };
  return { invoice: waitForAction(account, after), failure: actionRequired(confirmed) };
}
