import type Stripe from "stripe";
import type { z } from "zod";
import type { Account } from "../../account";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { boolean, oneOf, strict, text } from "../../http/parameters";
import { collectionMethod } from "./parameters";
import { presentSubscription } from "./read";
import { firstPeriodEnd, isEnded, itemsOf, lastPeriodStart } from "./terms";

const status = oneOf(
  "active",
  "all",
  "canceled",
  "ended",
  "incomplete",
  "incomplete_expired",
  "past_due",
  "paused",
  "trialing",
  "unpaid",
);

export const listParameters = {
  ...pagination,
  automatic_tax: strict({ enabled: boolean }).optional(),
  collection_method: collectionMethod.optional(),
  created,
  current_period_end: created,
  current_period_start: created,
  customer: text.optional(),
  plan: text.optional(),
  price: text.optional(),
  status: status.optional(),
  test_clock: text.optional(),
};

type Given = z.output<z.ZodObject<typeof listParameters>>;

function hasStatus(subscription: Stripe.Subscription, wanted: Given["status"]): boolean {
  if (wanted === undefined) return subscription.status !== "canceled";
  if (wanted === "all") return true;
  return wanted === "ended" ? isEnded(subscription) : subscription.status === wanted;
}

/** Those of test clocks are left out, unless a clock or a customer is asked for. */
function hasClock(subscription: Stripe.Subscription, given: Given): boolean {
  if (given.test_clock) return subscription.test_clock === given.test_clock;
  return Boolean(given.customer) || subscription.test_clock === null;
}

/** `GET /v1/subscriptions`. @throws StripeFailure 400 */
export function listSubscriptions(account: Account, given: Given) {
  const price = given.price ?? given.plan;
  const rows = account.tables.subscriptions.whose("customer", given.customer);
  const page = pageOf(
    rows,
    given,
    "/v1/subscriptions",
    (row) =>
      hasStatus(row, given.status) &&
      hasClock(row, given) &&
      matchesCreated(given.created, row.created) &&
      matchesCreated(given.current_period_end, firstPeriodEnd(row)) &&
      matchesCreated(given.current_period_start, lastPeriodStart(row)) &&
      (!given.collection_method || row.collection_method === given.collection_method) &&
      (given.automatic_tax === undefined || row.automatic_tax.enabled === given.automatic_tax.enabled) &&
      (!price || itemsOf(row).some((item) => item.price.id === price)),
  );
  return { ...page, data: page.data.map((row) => presentSubscription(account, row)) };
}

/** The subscriptions of a customer that go on, as `expand` shows them. */
export function subscriptionsOf(account: Account, customer: string) {
  const data = [...account.tables.subscriptions.whose("customer", customer).newestFirst()];
  return {
    object: "list" as const,
    data: data.filter((subscription) => !isEnded(subscription)).slice(0, 10),
    has_more: false,
    url: `/v1/customers/${customer}/subscriptions`,
  };
}
