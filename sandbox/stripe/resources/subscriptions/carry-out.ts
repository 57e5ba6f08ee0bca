import type Stripe from "stripe";
import type { Account } from "../../account";
import { StripeFailure, unsupported } from "../../http/errors";
import { emit } from "../../webhooks/events";
import { addPendingItem } from "../invoice-items/create";
import type { DraftLine } from "../invoices/draft-input";
import { bookOf, note } from "./book";
import { collectNow, draftFor } from "./invoicing";
import type { Plan } from "./plan";
import { save } from "./save";
import { customerOf, isMetered, itemsOf } from "./terms";

type Behavior = "allow_incomplete" | "default_incomplete" | "error_if_incomplete" | "pending_if_incomplete";

export interface Manner {
  /** Invoice at once, not with the next invoice. */
  invoiceNow: boolean;
  paymentBehavior: Behavior;
  offSession: boolean;
  reason: Stripe.Invoice.BillingReason;
  now: number;
}

/** A failure that undoes what led to it, instead of an outcome that is kept. */
export function undoing(failure: StripeFailure): StripeFailure {
  return new StripeFailure(402, failure.body);
}

/** Notes what items are billed for from now on, which a later credit is counted from. */
export function noteDebits(account: Account, subscription: string, changed: Plan["debits"]): void {
  const debits = { ...bookOf(account, subscription).debits };
  for (const [item, debit] of Object.entries(changed)) {
    if (debit) debits[item] = debit;
    else delete debits[item];
  }
  note(account, subscription, { debits });
}

/** From now on usage counts at the new price; what was used before is billed at the old one, or not at all. */
function noteUsage(account: Account, before: Stripe.Subscription, { after }: Plan, now: number): void {
  const old = new Map(itemsOf(before).map(({ id, price }) => [id, price.id]));
  const repriced = itemsOf(after).filter(
    ({ id, price }) => isMetered(price) && old.has(id) && old.get(id) !== price.id,
  );
  if (repriced.length === 0) return;
  const since = Object.fromEntries(repriced.map(({ id }) => [id, now]));
  note(account, after.id, { usageSince: { ...bookOf(account, after.id).usageSince, ...since } });
}

/** Prorations become invoice items, even when they are invoiced at once; time and usage are lines of the invoice. */
export function sorted({ lines }: Plan, invoiced: boolean): { waiting: DraftLine[]; own: DraftLine[] } {
  const waits = (line: DraftLine) => !invoiced || (line.proration && !line.discountable);
  return { waiting: lines.filter(waits), own: lines.filter((line) => !waits(line)) };
}

/**
 * Does what was planned: stores the subscription, bills or keeps for the next invoice what it costs, and tells so.
 * @param before the subscription as it was, for `customer.subscription.updated`
 * @throws StripeFailure 402 by `error_if_incomplete`
 */
export function carryOut(
  account: Account,
  before: Stripe.Subscription,
  plan: Plan,
  manner: Manner,
): Stripe.Subscription {
  const { paymentBehavior, offSession, reason, now } = manner;
  if (paymentBehavior === "pending_if_incomplete") throw unsupported("pending updates", "payment_behavior");
  const { id } = save(account, plan.after);
  const present = () => account.tables.subscriptions.get(id) ?? plan.after;
  const invoiced = plan.restarts || (manner.invoiceNow && plan.lines.length > 0);
  const { waiting, own } = sorted(plan, invoiced);
  const debits = { ...plan.debits };
  for (const line of waiting) {
    const item = addPendingItem(account, customerOf(account, plan.after), plan.after.currency, line);
    const owner = line.subscriptionItem ?? "";
    const debit = debits[owner];
    // What is credited later refers to the line that this item becomes.
    if (debit && line.amountMinor >= 0 && line.period.start === debit.start)
      debits[owner] = { ...debit, invoiceItem: item.id };
  }
  noteDebits(account, id, debits);
  noteUsage(account, before, plan, now);
  if (!invoiced) {
    if (JSON.stringify(present()) !== JSON.stringify(before))
      emit(account, "customer.subscription.updated", present(), before);
    return present();
  }
  const draft = draftFor(account, present(), { reason, lines: own, period: { start: now, end: now } });
  emit(account, "customer.subscription.updated", present(), before);
  const { invoice, failure } = collectNow(account, draft, {
    offSession,
    attempt: paymentBehavior !== "default_incomplete",
  });
  if (failure && paymentBehavior === "error_if_incomplete") throw undoing(failure);
  const waits = invoice.status === "open" && invoice.collection_method === "charge_automatically";
  if (waits && paymentBehavior === "default_incomplete" && present().status === "active") {
    const active = present();
    emit(account, "customer.subscription.updated", save(account, { ...active, status: "past_due" }), active);
  }
  return present();
}
