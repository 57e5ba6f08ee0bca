import { z } from "zod";
import { BILLING_CYCLES, SUBSCRIPTION_STATUSES } from "@/db/schema/subscriptions";
import type { PaymentMethodId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { PLAN_IDS } from "@/lib/plans/types";
import { cancelSubscription, reactivateSubscription } from "@/lib/subscriptions/cancel";
import { changeSubscriptionTerms } from "@/lib/subscriptions/change";
import { createSubscription, LONGEST_TRIAL_DAYS } from "@/lib/subscriptions/create";
import { getSubscription, listSubscriptions, type Subscription } from "@/lib/subscriptions/queries";
import { endpoint } from "../endpoint";
import { description, instant } from "../fields";
import { listOut, pageQuery, presentPage, toPageRequest } from "../lists";
import { currencyOut, money, moneyOut, time, timeOut } from "../money";

const plan = z.enum(PLAN_IDS);
const billingCycle = z.enum(BILLING_CYCLES);
export const coupon = z.string().trim().min(1).max(200).meta({ description: "A promotion code or the id of a coupon" });
const params = z.object({ id: z.uuid() });

/** What a change and its preview are asked for with. */
export const wish = {
  plan: plan.optional(),
  billingCycle: billingCycle.optional(),
  prorationDate: instant.optional().meta({ description: "That of the preview: what is charged is what it said" }),
};

/** As the API shows a subscription. */
export const subscriptionOut = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  customerId: z.string().nullable(),
  plan,
  planVersion: z.string(),
  billingCycle,
  status: z.enum(SUBSCRIPTION_STATUSES),
  currency: currencyOut,
  currentPeriodStart: timeOut,
  currentPeriodEnd: timeOut,
  trialEnd: timeOut.nullable(),
  pausedAt: timeOut.nullable().meta({ description: "Since when nothing is invoiced and the plan cannot be used" }),
  cancelAt: timeOut.nullable().meta({ description: "When it ends, once that is decided" }),
  cancelReason: z.string().nullable(),
  canceledAt: timeOut.nullable(),
  endedAt: timeOut.nullable(),
  pendingChange: z
    .object({ plan, billingCycle, at: timeOut })
    .nullable()
    .meta({ description: "A downgrade that waits for the end of what was paid" }),
  paymentMethodId: z.string().nullable().meta({ description: "Null: the default method" }),
  usage: z.record(z.string(), z.object({ used: z.int(), included: z.int().nullable() })),
  discount: z
    .object({
      couponId: z.string(),
      name: z.string().nullable(),
      promotionCode: z.string().nullable(),
      percentOff: z.string().nullable(),
      amountOff: moneyOut.nullable(),
      endsAt: timeOut.nullable(),
    })
    .nullable(),
  creditBalance: moneyOut.meta({ description: "The tenant's credit, taken off its next invoices" }),
  stripeSubscriptionId: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  createdAt: timeOut,
});

export function presentSubscription(row: Subscription): z.input<typeof subscriptionOut> {
  const { discount, pendingPlan, pendingBillingCycle, pendingAt } = row;
  return {
    id: row.subscriptionId,
    tenantId: row.tenantId,
    customerId: row.stripeCustomerId,
    plan: row.plan as z.output<typeof plan>,
    planVersion: row.planVersion,
    billingCycle: row.billingCycle,
    status: row.status,
    currency: row.currency,
    currentPeriodStart: time(row.currentPeriodStart),
    currentPeriodEnd: time(row.currentPeriodEnd),
    trialEnd: time(row.trialEnd),
    pausedAt: time(row.pausedAt),
    cancelAt: time(row.cancelAt),
    cancelReason: row.cancelReason,
    canceledAt: time(row.canceledAt),
    endedAt: time(row.endedAt),
    pendingChange:
      pendingPlan && pendingBillingCycle && pendingAt
        ? { plan: pendingPlan as z.output<typeof plan>, billingCycle: pendingBillingCycle, at: time(pendingAt) }
        : null,
    paymentMethodId: row.paymentMethodId,
    usage: row.usage,
    discount: discount && {
      couponId: discount.couponId,
      name: discount.name,
      promotionCode: discount.promotionCode,
      percentOff: discount.percentOff,
      amountOff: discount.amountOffMinor === null ? null : money(toMinor(discount.amountOffMinor), row.currency),
      endsAt: discount.endsAt,
    },
    creditBalance: money(row.creditMinor, row.currency),
    stripeSubscriptionId: row.stripeSubscriptionId,
    metadata: row.metadata,
    createdAt: time(row.createdAt),
  };
}

export const getSubscriptions = endpoint({
  method: "GET",
  path: "/subscriptions",
  tag: "Subscriptions",
  summary: "List the tenant's subscriptions",
  description:
    "One has not ended, unless a first payment waits beside it: it gives the tenant its plan. Those whose first payment failed are not listed.",
  access: { role: "member", scope: "subscriptions:read" },
  query: pageQuery,
  answer: { status: 200, description: "A page of subscriptions, newest first", schema: listOut(subscriptionOut) },
  handle: async ({ scope, query }) => ({
    body: presentPage(await listSubscriptions(scope, toPageRequest(query)), presentSubscription),
  }),
});

export const postSubscription = endpoint({
  method: "POST",
  path: "/subscriptions",
  tag: "Subscriptions",
  summary: "Subscribe to a plan",
  description:
    "The first period is paid at once, unless there is a trial: without `trialDays` the plan's own, once per tenant and card. `status: incomplete` means that the customer's bank wants to ask: finish the payment in the browser with `clientSecret`.",
  access: { role: "admin" },
  body: () =>
    z.strictObject({
      plan,
      billingCycle: billingCycle.default("monthly"),
      paymentMethodId: z.string().min(1).max(255).optional(),
      coupon: coupon.optional(),
      trialDays: z.int().min(0).max(LONGEST_TRIAL_DAYS).optional(),
    }),
  answer: {
    status: 201,
    description: "The subscription",
    schema: subscriptionOut.extend({ clientSecret: z.string().nullable() }),
  },
  refusals: [
    "already_subscribed",
    "change_in_progress",
    "change_refused",
    "no_payment_method",
    "payment_method_declined",
    "card_budget_exhausted",
    "trial_used",
    "discount_unknown",
    "plan_not_offered",
    "stripe_unavailable",
  ],
  example: { plan: "professional", billingCycle: "monthly" },
  handle: async ({ scope, body, requestKey }) => {
    const { clientSecret, ...subscription } = await createSubscription(scope, {
      plan: body.plan,
      cycle: body.billingCycle,
      paymentMethodId: (body.paymentMethodId ?? null) as PaymentMethodId | null,
      coupon: body.coupon ?? null,
      trialDays: body.trialDays ?? null,
      requestKey,
    });
    return { body: { ...presentSubscription(subscription), clientSecret } };
  },
});

export const getOneSubscription = endpoint({
  method: "GET",
  path: "/subscriptions/{id}",
  tag: "Subscriptions",
  summary: "Read one subscription",
  access: { role: "member", scope: "subscriptions:read" },
  params,
  answer: { status: 200, description: "The subscription", schema: subscriptionOut },
  handle: async ({ scope, params: { id } }) => ({ body: presentSubscription(await getSubscription(scope, id)) }),
});

export const patchSubscription = endpoint({
  method: "PATCH",
  path: "/subscriptions/{id}",
  tag: "Subscriptions",
  summary: "Change plan, billing cycle or coupon",
  description:
    "An upgrade is paid at once or changes nothing. A downgrade begins when what was paid is used up; to `free` the subscription ends then.",
  access: { role: "admin" },
  params,
  body: (amount) =>
    z.strictObject({
      ...wish,
      coupon: coupon.nullable().optional(),
      expectedDueNow: amount
        .notNegative()
        .optional()
        .meta({ description: "What the customer saw as due now; another amount is refused" }),
    }),
  answer: { status: 200, description: "The subscription", schema: subscriptionOut },
  refusals: [
    "subscription_ended",
    "quote_changed",
    "payment_method_declined",
    "change_refused",
    "change_in_progress",
    "card_budget_exhausted",
    "discount_unknown",
    "plan_not_offered",
    "stripe_unavailable",
  ],
  example: { plan: "enterprise" },
  handle: async ({ scope, params: { id }, body, requestKey }) => {
    const subscription = await changeSubscriptionTerms(scope, id, {
      ...(body.plan && { plan: body.plan }),
      ...(body.billingCycle && { cycle: body.billingCycle }),
      ...(body.coupon !== undefined && { coupon: body.coupon }),
      prorationAt: body.prorationDate ?? null,
      expectedMinor: body.expectedDueNow ?? null,
      requestKey,
    });
    return { body: presentSubscription(subscription) };
  },
});

export const postCancel = endpoint({
  method: "POST",
  path: "/subscriptions/{id}/cancel",
  tag: "Subscriptions",
  summary: "End a subscription",
  description:
    "Now, it gives nothing back, with a pause before or without; an open invoice whose period is not delivered to its end is voided. The preview with `cancel` says so before.",
  access: { role: "admin" },
  params,
  body: () => z.strictObject({ when: z.enum(["period_end", "now"]), reason: description.optional() }),
  answer: { status: 200, description: "The subscription", schema: subscriptionOut },
  refusals: ["subscription_ended", "change_in_progress", "change_refused", "stripe_unavailable"],
  example: { when: "period_end", reason: "Moving to another product" },
  handle: async ({ scope, params: { id }, body, requestKey }) => ({
    body: presentSubscription(
      await cancelSubscription(scope, id, { when: body.when, reason: body.reason ?? null, requestKey }),
    ),
  }),
});

export const postReactivate = endpoint({
  method: "POST",
  path: "/subscriptions/{id}/reactivate",
  tag: "Subscriptions",
  summary: "Take back a scheduled end",
  access: { role: "admin" },
  params,
  answer: { status: 200, description: "The subscription", schema: subscriptionOut },
  refusals: ["subscription_ended", "change_in_progress", "change_refused", "stripe_unavailable"],
  handle: async ({ scope, params: { id }, requestKey }) => ({
    body: presentSubscription(await reactivateSubscription(scope, id, requestKey)),
  }),
});
