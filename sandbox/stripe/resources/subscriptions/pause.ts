import type Stripe from "stripe";
import type { z } from "zod";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { oneOf, strict } from "../../http/parameters";
import { addPendingItem } from "../invoice-items/create";
import type { DraftLine } from "../invoices/draft-input";
import { noteDebits } from "./carry-out";
import { collectNow, draftFor } from "./invoicing";
import { usageLines } from "./lines";
import { creditLine } from "./plan";
import { customerOf, itemsOf } from "./terms";
import { pauseNow } from "./trial";

export const pauseParameters = {
  bill_for: strict({
    outstanding_usage_through: strict({ type: oneOf("none", "now") }).optional(),
    unused_time_from: strict({ type: oneOf("item_current_period_start", "none", "now") }).optional(),
  }).optional(),
  invoicing_behavior: oneOf("invoice", "pending_invoice_item").optional(),
  type: oneOf("subscription").optional(),
};

type Given = z.output<z.ZodObject<typeof pauseParameters>>;

/** What a pause gives back for unused time, and bills for usage. */
export function pauseLines(account: Account, subscription: Stripe.Subscription, given: Given["bill_for"]): DraftLine[] {
  const now = account.nowUnix();
  const from = given?.unused_time_from?.type ?? "now";
  const through = given?.outstanding_usage_through?.type ?? "now";
  return itemsOf(subscription).flatMap((item) => {
    const start = from === "now" ? now : item.current_period_start;
    const credit =
      from === "none" ? null : creditLine(account, subscription, item, { start, end: item.current_period_end });
    const used =
      through === "none" ? [] : usageLines(account, subscription, item, { start: item.current_period_start, end: now });
    return [...(credit ? [credit] : []), ...used.filter((line) => line.amountMinor !== 0)];
  });
}

/** `POST /v1/subscriptions/:id/pause`. @throws StripeFailure 400 unless it is active, past due or on trial */
export function pauseSubscription(
  account: Account,
  subscription: Stripe.Subscription,
  given: Given,
): Stripe.Subscription {
  if (!["active", "past_due", "trialing"].includes(subscription.status))
    throw invalidRequest(`A subscription with the status ${subscription.status} cannot be paused.`);
  const lines = pauseLines(account, subscription, given.bill_for);
  const paused = pauseNow(account, subscription, "pause_requested");
  noteDebits(account, paused.id, Object.fromEntries(itemsOf(paused).map((item) => [item.id, null])));
  const now = account.nowUnix();
  if (given.invoicing_behavior === "invoice" && lines.length > 0) {
    const draft = draftFor(account, paused, { reason: "subscription_update", lines, period: { start: now, end: now } });
    collectNow(account, draft, { offSession: true, attempt: true });
  } else {
    for (const line of lines) addPendingItem(account, customerOf(account, paused), paused.currency, line);
  }
  return account.tables.subscriptions.get(paused.id) ?? paused;
}
