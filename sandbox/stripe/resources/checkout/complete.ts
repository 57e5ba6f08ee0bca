import type Stripe from "stripe";
import type { Account } from "../../account";
import { idOf } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { redeem } from "../discounts/discounts";
import { checkoutBook } from "./session";

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

function statusAfter(session: Session, intent: Intent | null): Session["payment_status"] {
  if (intent?.object !== "payment_intent") return "no_payment_required";
  return intent.status === "succeeded" ? "paid" : "unpaid";
}

/** The customer has done their part: the session is over, whether the money is there yet or not. */
export function completeSession(account: Account, session: Session, intent: Intent | null): Session {
  const book = checkoutBook(account, session.id);
  const customer = idOf(session.customer);
  // Invoices and subscriptions redeem by themselves; a bare payment has nobody else to do it.
  if (session.mode === "payment" && !idOf(session.invoice) && book.discounts.length > 0)
    redeem(account, book.discounts, { customer, checkout_session: session.id });
  const completed = account.tables.checkoutSessions.put({
    ...session,
    payment_status: statusAfter(session, intent),
    status: "complete",
    subscription: book.subscription,
    url: null,
  });
  emit(account, "checkout.session.completed", completed);
  return completed;
}

/** States in which an intent has all it needs of the customer. */
function isGiven(intent: Intent): boolean {
  if (intent.status === "succeeded" || intent.status === "processing" || intent.status === "requires_capture")
    return true;
  return intent.status === "requires_action" && intent.next_action?.type === "verify_with_microdeposits";
}

/** Called when an intent has moved on: completes its session, or tells how a payment ended that took days. */
export function checkoutIntentMoved(account: Account, intent: Intent): void {
  const session = account.tables.checkoutSessions.get(account.tables.checkoutIntents.get(intent.id)?.session ?? "");
  if (!session) return;
  if (session.status === "open" && isGiven(intent)) {
    completeSession(account, session, intent);
    return;
  }
  if (session.status !== "complete" || session.payment_status !== "unpaid") return;
  if (intent.status === "requires_payment_method") {
    emit(account, "checkout.session.async_payment_failed", session);
  } else if (intent.status === "succeeded" && intent.object === "payment_intent") {
    const paid = account.tables.checkoutSessions.put({ ...session, payment_status: "paid" });
    if (intent.capture_method !== "manual") emit(account, "checkout.session.async_payment_succeeded", paid);
  }
}
