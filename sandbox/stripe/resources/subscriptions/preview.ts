import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { boolean, clearable, integer, metadata, oneOf, strict, texts } from "../../http/parameters";
import type { DraftInput, DraftLine } from "../invoices/draft-input";
import { resolveTaxRates } from "../tax-rates/read";
import { closingLines } from "./cancel";
import { sorted } from "./carry-out";
import { assemble, firstBilling } from "./create";
import { draftInput } from "./invoicing";
import { billingMode, cancelAt, changedItem, prorationBehavior, trialEnd } from "./parameters";
import { resolveSubscription } from "./read";
import { planRenewal } from "./renew";
import { planResume } from "./resume";
import { firstPeriodEnd, isEnded } from "./terms";
import { afterTrial } from "./trial";
import { planChange } from "./update";

const anchor = z.union([
  oneOf("now", "unchanged").transform((type) => ({ type, timestamp: undefined })),
  strict({ type: oneOf("now", "timestamp", "unchanged"), timestamp: integer.optional() }),
]);

/** `subscription_details` of `POST /v1/invoices/create_preview`. */
export const previewDetails = strict({
  billing_cycle_anchor: anchor.optional(),
  billing_mode: billingMode.optional(),
  cancel_at: clearable(cancelAt).optional(),
  cancel_at_period_end: boolean.optional(),
  cancel_now: boolean.optional(),
  default_tax_rates: clearable(texts).optional(),
  items: z.array(changedItem).optional(),
  metadata: clearable(metadata).optional(),
  proration_behavior: prorationBehavior.optional(),
  proration_date: integer.optional(),
  resume_at: oneOf("now").optional(),
  trial_end: trialEnd.optional(),
});

type Details = z.output<typeof previewDetails>;

export interface PreviewInput {
  customer?: string | undefined;
  currency?: string | undefined;
  subscription?: string | undefined;
  subscription_details?: Details | undefined;
}

function nothingUpcoming(customer: string): never {
  throw invalidRequest(`No upcoming invoices for customer: ${customer}`, {
    code: "invoice_upcoming_none",
    status: 404,
  });
}

/** The invoice of the next renewal, with the prorations that wait for it. */
function nextRenewal(
  account: Account,
  subscription: Stripe.Subscription,
  prorations: DraftLine[],
  prorationDate: number | null,
): DraftInput {
  const end = firstPeriodEnd(subscription);
  const over = subscription.cancel_at !== null && subscription.cancel_at <= end;
  if (isEnded(subscription) || subscription.status === "paused" || (over && prorations.length === 0))
    nothingUpcoming(String(subscription.customer));
  const { after, lines, over: period } = planRenewal(account, subscription, end);
  const renewed = subscription.status === "trialing" ? afterTrial(after, end) : after;
  return draftInput(account, renewed, {
    reason: "upcoming",
    lines: [...prorations, ...(over ? [] : lines)],
    period,
    prorationDate,
  });
}

function changed(account: Account, before: Stripe.Subscription, details: Details): DraftInput {
  const now = account.nowUnix();
  const at = details.proration_date ?? now;
  const { billing_cycle_anchor: given, default_tax_rates: rates, ...change } = details;
  if (given?.type === "timestamp")
    throw invalidRequest("The billing cycle anchor of an existing subscription can only be `now` or `unchanged`.", {
      param: "subscription_details[billing_cycle_anchor]",
    });
  const settled = rates ? { ...before, default_tax_rates: resolveTaxRates(account, rates) } : before;
  const moved = given && { billing_cycle_anchor: { type: given.type } };
  const plan = planChange(account, before, settled, { ...change, ...moved });
  const invoiced = plan.restarts || (details.proration_behavior === "always_invoice" && plan.lines.length > 0);
  const { waiting, own } = sorted(plan, invoiced);
  // Items that wait stand before the other lines, the newest first.
  const prorations = waiting.toReversed();
  if (!invoiced) return nextRenewal(account, plan.after, prorations, at);
  return draftInput(account, plan.after, {
    reason: "upcoming",
    lines: [...prorations, ...own],
    period: { start: now, end: now },
    prorationDate: at,
  });
}

/** A subscription that does not exist yet. */
function proposed(account: Account, given: PreviewInput, details: Details): DraftInput {
  if (!given.customer)
    throw invalidRequest("You must provide a `customer` or a `subscription` to preview an invoice.", {
      param: "customer",
    });
  const { billing_cycle_anchor: moved, items = [], trial_end, proration_behavior, default_tax_rates } = details;
  const input = {
    customer: given.customer,
    ...(given.currency && { currency: given.currency }),
    items: items.map(({ id: _id, deleted: _deleted, clear_usage: _clear, metadata: data, ...item }) => ({
      ...item,
      ...(data && { metadata: data }),
    })),
    ...(moved?.timestamp !== undefined && { billing_cycle_anchor: moved.timestamp }),
    billing_mode: details.billing_mode,
    cancel_at: details.cancel_at ?? undefined,
    cancel_at_period_end: details.cancel_at_period_end,
    default_tax_rates,
    metadata: details.metadata,
    proration_behavior,
    trial_end,
  };
  const subscription = assemble(account, input);
  return draftInput(account, subscription, firstBilling(account, subscription, input));
}

/**
 * What `POST /v1/invoices/create_preview` would invoice for a subscription: its next renewal, a change of it, or a new one.
 * The same plan as the change itself works it out; nothing is stored.
 * @throws StripeFailure 400, 404 `invoice_upcoming_none` when nothing will be invoiced
 */
export function previewDraft(account: Account, given: PreviewInput): DraftInput {
  const details = given.subscription_details ?? {};
  if (!given.subscription) return proposed(account, given, details);
  const before = resolveSubscription(account, given.subscription, "subscription");
  const now = account.nowUnix();
  if (details.resume_at) {
    const { after, lines } = planResume(account, before, {});
    return draftInput(account, after, { reason: "upcoming", lines, period: { start: now, end: now } });
  }
  if (details.cancel_now) {
    const prorate = details.proration_behavior !== "none";
    const lines = closingLines(account, before, { invoiceNow: true, prorate });
    if (lines.length === 0) nothingUpcoming(String(before.customer));
    return draftInput(account, before, { reason: "upcoming", lines, period: { start: now, end: now } });
  }
  const names = Object.keys(details).filter((name) => Reflect.get(details, name) !== undefined);
  return names.length === 0 ? nextRenewal(account, before, [], null) : changed(account, before, details);
}
