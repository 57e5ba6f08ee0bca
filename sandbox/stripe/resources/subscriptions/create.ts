import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, unsupported } from "../../http/errors";
import type { Call } from "../../http/route";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { redeem } from "../discounts/discounts";
import { previewInvoice } from "../invoices/preview";
import { resolveCustomer } from "../payment-methods/attach";
import { lineAmount } from "../pricing/amount";
import { readCurrency } from "../pricing/currencies";
import { addedLines } from "./added-items";
import { blankSubscription } from "./build";
import { undoing } from "./carry-out";
import { withEnding } from "./ending";
import { type Billing, collectNow, draftFor, draftInput } from "./invoicing";
import { checkItems, newItem } from "./items";
import { advanceLines, trialLine } from "./lines";
import type { CreateInput } from "./parameters";
import { pendingSetup } from "./pending-setup";
import { save } from "./save";
import { withSettings } from "./settings";
import { anchorFor, trialEndOf } from "./start";
import { itemsOf, methodOf, periodFrom, withItems, withPeriod } from "./terms";

function currencyOf(account: Account, given: CreateInput): string {
  if (given.currency) return readCurrency(given.currency);
  const [first] = given.items ?? [];
  const price = first?.price ? account.tables.prices.get(first.price) : undefined;
  const currency = first?.price_data?.currency ?? price?.currency;
  return currency ? readCurrency(currency) : "usd";
}

function checkMode({ billing_mode: mode }: CreateInput): void {
  if (mode?.type === "classic") throw unsupported("classic billing mode", "billing_mode[type]");
  if (mode?.flexible?.proration_discounts === "itemized")
    throw unsupported("itemized discounts of prorations", "billing_mode[flexible][proration_discounts]");
}

/** A subscription as it is asked for, with its first periods; not stored. @throws StripeFailure 400, 404 */
export function assemble(account: Account, given: CreateInput): Stripe.Subscription {
  checkMode(given);
  const customer = resolveCustomer(account, given.customer);
  const blank = blankSubscription(account, customer, currencyOf(account, given));
  const owner = { id: blank.id, customer: customer.id, currency: blank.currency };
  const now = blank.created;
  if (!given.items?.length)
    throw invalidRequest("Missing required param: items.", { code: "parameter_missing", param: "items" });
  const items = given.items.map((item, at) => newItem(account, item, owner, `items[${at}]`));
  checkItems(items);
  const trialEnd = trialEndOf(given, items, now);
  const config = given.billing_cycle_anchor_config;
  const settled = withSettings(account, blank, given);
  const target = { customer: owner.customer, subscription: owner.id };
  const discounts = redeem(account, given.discounts ?? [], target, "discounts", {
    amountMinor: items.reduce(
      (sum, { price, quantity }) => sum + lineAmount(account, price, quantity ?? 0, owner.currency),
      0,
    ),
    currency: owner.currency,
  });
  const started: Stripe.Subscription = {
    ...settled,
    billing_cycle_anchor: anchorFor(given, items, trialEnd, now),
    billing_cycle_anchor_config: config
      ? {
          day_of_month: config.day_of_month,
          hour: config.hour ?? null,
          minute: config.minute ?? null,
          month: config.month ?? null,
          second: config.second ?? null,
        }
      : null,
    discounts: discounts.map(({ id }) => id),
    status: trialEnd === null ? "active" : "trialing",
    trial_end: trialEnd,
    trial_start: trialEnd === null ? null : now,
  };
  const period = (item: Stripe.SubscriptionItem, of: Stripe.Subscription) =>
    withPeriod(item, trialEnd === null ? periodFrom(of, item.price, now) : { start: now, end: trialEnd });
  const placed = withItems(
    started,
    items.map((item) => period(item, started)),
  );
  const ending = withEnding(placed, given, now);
  return withItems(
    ending,
    itemsOf(ending).map((item) => period(item, ending)),
  );
}

/** The first invoice of a subscription. */
export function firstBilling(account: Account, subscription: Stripe.Subscription, given: CreateInput): Billing {
  const now = subscription.created;
  const prorate = given.proration_behavior !== "none";
  const lines = itemsOf(subscription).flatMap((item) =>
    subscription.trial_end === null
      ? advanceLines(account, subscription, item, periodFrom(subscription, item.price, now), prorate)
      : [trialLine(account, subscription, item, { start: now, end: subscription.trial_end })],
  );
  const added = addedLines(account, subscription, given.add_invoice_items);
  return { reason: "subscription_create", lines: [...added, ...lines], period: { start: now, end: now } };
}

/** `POST /v1/subscriptions`. @throws StripeFailure 400, 402 by `error_if_incomplete`, 404 */
export function createSubscription(account: Account, given: CreateInput, _call?: Call): Stripe.Subscription {
  const behavior = given.payment_behavior ?? "allow_incomplete";
  if (behavior === "pending_if_incomplete")
    throw invalidRequest(
      "`pending_if_incomplete` is only supported when updating a subscription. Use `allow_incomplete`, `default_incomplete` or `error_if_incomplete` instead.",
      { param: "payment_behavior" },
    );
  const assembled = assemble(account, given);
  const charges = assembled.collection_method === "charge_automatically";
  const billing = firstBilling(account, assembled, given);
  const dueMinor = previewInvoice(account, draftInput(account, assembled, billing)).amount_due;
  const method = methodOf(account, assembled);
  const waits = charges && dueMinor > 0;
  if (waits && method === null && behavior !== "default_incomplete")
    throw invalidRequest(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
      { code: "resource_missing" },
    );
  const setup = charges && dueMinor === 0 && method === null ? pendingSetup(account, assembled) : null;
  const status = assembled.status === "active" && waits ? "incomplete" : assembled.status;
  // The created event names the invoice, which is made after it.
  const invoice = billing.lines.length > 0 ? newId("in") : null;
  const created = save(account, {
    ...assembled,
    latest_invoice: invoice,
    pending_setup_intent: setup?.id ?? null,
    status,
  });
  emit(account, "customer.subscription.created", created);
  if (invoice === null) return created;
  const draft = draftFor(account, created, { ...billing, id: invoice });
  // An invoice that is sent can be edited for an hour, like those of the renewals.
  if (!charges) return account.tables.subscriptions.get(created.id) ?? created;
  const { failure } = collectNow(account, draft, {
    offSession: given.off_session ?? false,
    attempt: behavior !== "default_incomplete",
  });
  if (failure && behavior === "error_if_incomplete") throw undoing(failure);
  return account.tables.subscriptions.get(created.id) ?? created;
}
