import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { idOf } from "../../state/ids";
import type { FlowData } from "./parameters";

type Flow = Stripe.BillingPortal.Session.Flow;

/** Features that must be on for a flow. */
const FEATURE: Record<FlowData["type"], keyof Stripe.BillingPortal.Configuration.Features> = {
  customer_update: "customer_update",
  payment_method_update: "payment_method_update",
  subscription_cancel: "subscription_cancel",
  subscription_pause: "subscription_pause",
  subscription_update: "subscription_update",
  subscription_update_confirm: "subscription_update",
};

/** The subscription a flow is about. @throws StripeFailure when it is not the customer's, or over */
function ownSubscription(account: Account, id: string, customer: string, param: string): Stripe.Subscription {
  const subscription = account.tables.subscriptions.get(id);
  if (!subscription || idOf(subscription.customer) !== customer) throw resourceMissing("subscription", id, param);
  if (subscription.status === "canceled" || subscription.status === "incomplete_expired")
    throw invalidRequest(
      `The subscription ${id} is ${subscription.status} and cannot be managed in the customer portal.`,
      {
        param,
      },
    );
  return subscription;
}

function completionOf(given: FlowData["after_completion"]): Flow["after_completion"] {
  const type = given?.type ?? "portal_homepage";
  const param = "flow_data[after_completion][redirect]";
  if (type === "redirect" && !given?.redirect)
    throw invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  if (given?.redirect && !URL.canParse(given.redirect.return_url))
    throw invalidRequest("Not a valid URL", { code: "url_invalid", param: `${param}[return_url]` });
  const confirmation = given?.hosted_confirmation;
  return {
    hosted_confirmation: confirmation ? { custom_message: confirmation.custom_message ?? null } : null,
    redirect: given?.redirect ?? null,
    type,
  };
}

function confirmOf(
  account: Account,
  given: NonNullable<FlowData["subscription_update_confirm"]>,
  customer: string,
): Flow["subscription_update_confirm"] {
  const param = "flow_data[subscription_update_confirm]";
  const subscription = ownSubscription(account, given.subscription, customer, `${param}[subscription]`);
  if (given.items.length !== 1)
    throw invalidRequest("The subscription_update_confirm flow takes exactly one item.", { param: `${param}[items]` });
  return {
    discounts:
      given.discounts?.map(({ coupon, promotion_code }) => ({
        coupon: coupon ?? null,
        promotion_code: promotion_code ?? null,
      })) ?? null,
    items: given.items.map(({ id, price, quantity }, at) => {
      if (!subscription.items.data.some((item) => item.id === id))
        throw resourceMissing("subscription item", id, `${param}[items][${at}][id]`);
      return { id, price: price ?? null, ...(quantity !== undefined && { quantity }) };
    }),
    subscription: subscription.id,
  };
}

/**
 * The flow of a session.
 * @throws StripeFailure 400 when its feature is off, its details are missing or its subscription is somebody else's
 */
export function flowOf(
  account: Account,
  given: FlowData | undefined,
  customer: string,
  configuration: Stripe.BillingPortal.Configuration,
): Flow | null {
  if (!given) return null;
  const { type } = given;
  if (!configuration.features[FEATURE[type]].enabled)
    throw invalidRequest(
      `The flow_data type ${type} cannot be used because the feature ${FEATURE[type]} is disabled in the portal configuration ${configuration.id}.`,
      { param: "flow_data[type]" },
    );
  const details = type === "customer_update" || type === "payment_method_update" ? null : given[type];
  if (details === undefined)
    throw invalidRequest(`Missing required param: flow_data[${type}].`, {
      code: "parameter_missing",
      param: `flow_data[${type}]`,
    });
  const subject = (member: { subscription: string } | undefined) =>
    member
      ? {
          subscription: ownSubscription(account, member.subscription, customer, `flow_data[${type}][subscription]`).id,
        }
      : null;
  const cancel = subject(given.subscription_cancel);
  const confirm = given.subscription_update_confirm;
  const offer = given.subscription_cancel?.retention;
  if (offer && !account.tables.coupons.get(offer.coupon_offer.coupon))
    throw resourceMissing(
      "coupon",
      offer.coupon_offer.coupon,
      "flow_data[subscription_cancel][retention][coupon_offer][coupon]",
    );
  return {
    after_completion: completionOf(given.after_completion),
    customer_update: type === "customer_update" ? {} : null,
    subscription_cancel: cancel && {
      ...cancel,
      retention: offer ? { coupon_offer: offer.coupon_offer, type: "coupon_offer" } : null,
    },
    subscription_pause: subject(given.subscription_pause),
    subscription_update: subject(given.subscription_update),
    subscription_update_confirm: confirm ? confirmOf(account, confirm, customer) : null,
    type,
  };
}
