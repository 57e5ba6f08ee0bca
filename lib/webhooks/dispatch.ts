import type { TenantId } from "@/lib/ids";
import { onCreditNote } from "./handlers/credit-note";
import { onDispute } from "./handlers/dispute";
import { onInvoice } from "./handlers/invoice";
import { onPaymentIntent } from "./handlers/payment-intent";
import { onPaymentMethods } from "./handlers/payment-method";
import { onRefund } from "./handlers/refund";
import { onSubscription } from "./handlers/subscription";
import { onTrialWillEnd } from "./handlers/trial-will-end";
import type { StoredEvent } from "./inbox";

type Handler = (event: StoredEvent) => Promise<TenantId | null>;

/** Which event leads where. Types that are not here are stored and answered, and need nothing. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  "payment_intent.succeeded": onPaymentIntent,
  "payment_intent.processing": onPaymentIntent,
  "payment_intent.payment_failed": onPaymentIntent,
  "payment_intent.canceled": onPaymentIntent,
  "payment_intent.requires_action": onPaymentIntent,
  "charge.dispute.created": onDispute,
  "charge.dispute.updated": onDispute,
  "charge.dispute.closed": onDispute,
  "charge.dispute.funds_withdrawn": onDispute,
  "charge.dispute.funds_reinstated": onDispute,
  "charge.refunded": onRefund,
  "charge.refund.updated": onRefund,
  "refund.created": onRefund,
  "refund.updated": onRefund,
  "refund.failed": onRefund,
  "customer.subscription.created": onSubscription,
  "customer.subscription.updated": onSubscription,
  "customer.subscription.deleted": onSubscription,
  "customer.subscription.paused": onSubscription,
  "customer.subscription.resumed": onSubscription,
  "customer.subscription.trial_will_end": onTrialWillEnd,
  "invoice.created": onInvoice,
  "invoice.finalized": onInvoice,
  "invoice.updated": onInvoice,
  "invoice.paid": onInvoice,
  "invoice.payment_succeeded": onInvoice,
  "invoice.payment_failed": onInvoice,
  "invoice.payment_action_required": onInvoice,
  "invoice.voided": onInvoice,
  "invoice.marked_uncollectible": onInvoice,
  "invoice.overdue": onInvoice,
  "invoice.sent": onInvoice,
  "invoice.deleted": onInvoice,
  "invoice.finalization_failed": onInvoice,
  "credit_note.created": onCreditNote,
  "credit_note.updated": onCreditNote,
  "credit_note.voided": onCreditNote,
  "payment_method.attached": onPaymentMethods,
  "payment_method.detached": onPaymentMethods,
  "payment_method.updated": onPaymentMethods,
  "payment_method.automatically_updated": onPaymentMethods,
  "setup_intent.succeeded": onPaymentMethods,
  "setup_intent.requires_action": onPaymentMethods,
  "setup_intent.canceled": onPaymentMethods,
  "setup_intent.setup_failed": onPaymentMethods,
  "customer.updated": onPaymentMethods,
  "mandate.updated": onPaymentMethods,
};

export const HANDLED_TYPES = Object.keys(HANDLERS);
