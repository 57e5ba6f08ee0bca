import type Stripe from "stripe";
import type { Account } from "../../account";
import { emit } from "../../webhooks/events";
import { markUncollectible, voidInvoice } from "../invoices/close";
import type { DraftLine } from "../invoices/draft-input";
import { finalizeInvoice } from "../invoices/finalize";
import type { Period } from "../periods/periods";
import { type Billing, draftFor } from "./invoicing";
import { advanceLines, usageLines } from "./lines";
import { save } from "./save";
import { itemsOf, periodFrom, withItems, withPeriod } from "./terms";

export interface Renewal {
  after: Stripe.Subscription;
  lines: DraftLine[];
  /** The period that is over, which the invoice is about. */
  over: Period;
}

/** The next periods of the items whose period is over, and what they cost: time in advance, usage in arrears. */
export function planRenewal(account: Account, subscription: Stripe.Subscription, now: number): Renewal {
  const due = itemsOf(subscription).filter((item) => item.current_period_end <= now);
  const after = withItems(
    subscription,
    itemsOf(subscription).map((item) =>
      due.includes(item) ? withPeriod(item, periodFrom(subscription, item.price, item.current_period_end)) : item,
    ),
  );
  const lines = due.flatMap((item) => [
    ...usageLines(account, subscription, item, { start: item.current_period_start, end: item.current_period_end }),
    ...advanceLines(account, after, item, periodFrom(after, item.price, item.current_period_end)),
  ]);
  const over = {
    start: Math.min(...due.map((item) => item.current_period_start)),
    end: Math.max(...due.map((item) => item.current_period_end)),
  };
  return { after, lines, over };
}

/** Whether invoices collect by themselves; those of unpaid or paused ones are kept as drafts. */
function collects({ status, pause_collection: pause }: Stripe.Subscription): boolean {
  return status !== "unpaid" && pause?.behavior !== "keep_as_draft";
}

/**
 * Drafts the invoice of a new cycle, which is finalised and paid an hour later; while the collection is paused it is closed at
 * once, as the pause says.
 */
export function billCycle(account: Account, subscription: Stripe.Subscription, billing: Billing): Stripe.Invoice {
  const draft = draftFor(account, subscription, { ...billing, autoAdvance: collects(subscription) });
  const behavior = subscription.pause_collection?.behavior;
  if (behavior !== "void" && behavior !== "mark_uncollectible") return draft;
  const invoice = finalizeInvoice(account, draft);
  if (invoice.status !== "open") return invoice;
  return behavior === "void" ? voidInvoice(account, invoice) : markUncollectible(account, invoice);
}

/** Starts the next period of every item whose period is over. */
export function renew(account: Account, before: Stripe.Subscription): void {
  const { after, lines, over } = planRenewal(account, before, account.nowUnix());
  const stored = save(account, after);
  billCycle(account, stored, { reason: "subscription_cycle", lines, period: over });
  emit(account, "customer.subscription.updated", account.tables.subscriptions.get(after.id) ?? stored, before);
}
