import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { voidInvoice } from "../invoices/close";
import { cancelPayment } from "../payment-intents/finish";
import { cancelSubscription } from "../subscriptions/cancel";
import { checkOpen, checkoutBook } from "./session";

type Session = Stripe.Checkout.Session;

/** What a tried payment left behind goes with its session. */
function dropAttempt(account: Account, session: Session): void {
  const { tables } = account;
  const subscription = tables.subscriptions.get(checkoutBook(account, session.id).subscription ?? "");
  if (subscription) {
    if (subscription.status !== "canceled" && subscription.status !== "incomplete_expired")
      cancelSubscription(account, subscription, { reason: null });
    return;
  }
  const invoice = tables.invoices.get(idOf(session.invoice) ?? "");
  if (invoice?.status === "open") voidInvoice(account, invoice);
  const intent = tables.paymentIntents.get(idOf(session.payment_intent) ?? "");
  if (intent && !invoice && intent.status.startsWith("requires_")) cancelPayment(account, intent, "abandoned");
}

/** `POST /v1/checkout/sessions/:id/expire`. @throws StripeFailure 400 unless it is open */
export function expireSession(account: Account, session: Session): Session {
  checkOpen(session, "expired");
  const expired = account.tables.checkoutSessions.put({ ...session, status: "expired", url: null });
  dropAttempt(account, expired);
  emit(account, "checkout.session.expired", expired);
  return expired;
}

/** The time of a session is over. */
export function expireOnTime(account: Account, id: string): void {
  const session = account.tables.checkoutSessions.get(id);
  if (session?.status === "open") expireSession(account, session);
}
