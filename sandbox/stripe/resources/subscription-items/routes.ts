import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { pagination, readLimit } from "../../http/pages";
import { boolean, clearable, integer, metadata, text } from "../../http/parameters";
import { type Call, route } from "../../http/route";
import { itemMembers, paymentBehavior, prorationBehavior } from "../subscriptions/parameters";
import { resolveSubscription } from "../subscriptions/read";
import { itemsOf } from "../subscriptions/terms";
import { updateSubscription } from "../subscriptions/update";
import { type FoundItem, findItem } from "./find";

const UNSUPPORTED = ["billing_thresholds", "current_trial", "plan"];
const manner = {
  payment_behavior: paymentBehavior.optional(),
  proration_behavior: prorationBehavior.optional(),
  proration_date: integer.optional(),
};

function existing(account: Account, call: Call): FoundItem {
  const found = findItem(account, call.path.id ?? "");
  if (!found) throw resourceMissing("subscription_item", call.path.id ?? "", "item");
  return found;
}

function listItems(
  account: Account,
  given: {
    subscription: string;
    limit?: number | undefined;
    starting_after?: string | undefined;
    ending_before?: string | undefined;
  },
) {
  const all = itemsOf(resolveSubscription(account, given.subscription, "subscription"));
  const limit = readLimit(given.limit);
  const place = (id: string) => all.findIndex((item) => item.id === id);
  const before = given.ending_before;
  const start = given.starting_after
    ? place(given.starting_after) + 1
    : before
      ? Math.max(0, place(before) - limit)
      : 0;
  const end = before ? place(before) : start + limit;
  const data = all.slice(start, Math.min(end, start + limit));
  return { object: "list", data, has_more: before ? start > 0 : end < all.length, url: "/v1/subscription_items" };
}

export const subscriptionItemRoutes = [
  route("POST /v1/subscription_items", {
    parameters: { ...itemMembers, ...manner, metadata: metadata.optional(), subscription: text },
    unsupported: UNSUPPORTED,
    handle(account, given) {
      const { subscription: owner, payment_behavior, proration_behavior, proration_date, ...item } = given;
      const before = resolveSubscription(account, owner, "subscription");
      const after = updateSubscription(account, before, {
        items: [item],
        payment_behavior,
        proration_behavior,
        proration_date,
      });
      const known = new Set(itemsOf(before).map(({ id }) => id));
      const added = itemsOf(after).find(({ id }) => !known.has(id));
      if (!added) throw invalidRequest("The item was not added.");
      return added;
    },
  }),
  route("GET /v1/subscription_items/:id", { handle: (account, _, call) => existing(account, call).item }),
  route("POST /v1/subscription_items/:id", {
    parameters: {
      ...itemMembers,
      ...manner,
      metadata: clearable(metadata).optional(),
      off_session: boolean.optional(),
    },
    unsupported: UNSUPPORTED,
    handle(account, given, call) {
      const { off_session, payment_behavior, proration_behavior, proration_date, ...change } = given;
      const { subscription, item } = existing(account, call);
      updateSubscription(account, subscription, {
        items: [{ ...change, id: item.id }],
        off_session,
        payment_behavior,
        proration_behavior,
        proration_date,
      });
      return existing(account, call).item;
    },
  }),
  route("DELETE /v1/subscription_items/:id", {
    parameters: { ...manner, clear_usage: boolean.optional() },
    handle(account, { clear_usage, ...given }, call) {
      const { subscription, item } = existing(account, call);
      updateSubscription(account, subscription, { ...given, items: [{ id: item.id, deleted: true, clear_usage }] });
      return { id: item.id, object: "subscription_item", deleted: true } satisfies Stripe.DeletedSubscriptionItem;
    },
  }),
  route("GET /v1/subscription_items", { parameters: { ...pagination, subscription: text }, handle: listItems }),
];
