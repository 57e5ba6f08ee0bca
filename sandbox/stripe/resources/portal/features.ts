import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, unsupported } from "../../http/errors";
import { resolvePrice } from "../prices/read";
import { CANCELLATION_REASONS, type Features } from "./parameters";

type Whole = Stripe.BillingPortal.Configuration.Features;
type Update = Whole["subscription_update"];
type Cancel = Whole["subscription_cancel"];
type Pause = Whole["subscription_pause"];

function missing(param: string) {
  return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

/** The prices a customer may change to. @throws StripeFailure 400 for a price of another product, or one that does not recur */
function productsOf(
  account: Account,
  given: NonNullable<NonNullable<Features["subscription_update"]>["products"]>,
): Stripe.BillingPortal.Configuration.Features.SubscriptionUpdate.Product[] {
  const param = "features[subscription_update][products]";
  return given.map(({ product, prices, adjustable_quantity: quantity }, at) => {
    for (const [place, id] of prices.entries()) {
      const where = `${param}[${at}][prices][${place}]`;
      const price = resolvePrice(account, id, where);
      const owner = typeof price.product === "string" ? price.product : price.product.id;
      if (owner !== product)
        throw invalidRequest(`The price ${id} does not belong to the product ${product}.`, { param: where });
      if (!price.recurring)
        throw invalidRequest(`The price ${id} is not recurring; only recurring prices can be in the portal.`, {
          param: where,
        });
    }
    return {
      adjustable_quantity: {
        enabled: quantity?.enabled ?? false,
        maximum: quantity?.maximum ?? null,
        minimum: quantity?.minimum ?? 1,
      },
      prices,
      product,
    };
  });
}

function updateOf(account: Account, known: Update | undefined, given: Features["subscription_update"]): Update {
  const enabled = given?.enabled ?? known?.enabled ?? false;
  const products =
    given?.products === undefined ? known?.products : given.products && productsOf(account, given.products);
  const allowed = given?.default_allowed_updates ?? (given?.default_allowed_updates === null ? [] : undefined);
  const updates = allowed ?? known?.default_allowed_updates ?? [];
  if (enabled && updates.length === 0) throw missing("features[subscription_update][default_allowed_updates]");
  if (enabled && (products?.length ?? 0) === 0) throw missing("features[subscription_update][products]");
  const conditions = given?.schedule_at_period_end?.conditions;
  // Such an update waits in a subscription schedule, which the stand-in has not.
  if (conditions?.length)
    throw unsupported("updates at the end of the period", "features[subscription_update][schedule_at_period_end]");
  return {
    billing_cycle_anchor: given?.billing_cycle_anchor ?? known?.billing_cycle_anchor ?? null,
    default_allowed_updates: updates,
    enabled,
    products: products ?? null,
    proration_behavior: given?.proration_behavior ?? known?.proration_behavior ?? "none",
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: given?.trial_update_behavior ?? known?.trial_update_behavior ?? "end_trial",
  };
}

function cancelOf(known: Cancel | undefined, given: Features["subscription_cancel"]): Cancel {
  const reason = given?.cancellation_reason;
  const before = known?.cancellation_reason;
  return {
    cancellation_reason: {
      enabled: reason?.enabled ?? before?.enabled ?? false,
      feedback_options: reason?.feedback_options ?? before?.feedback_options ?? null,
      options: reason ? (reason.options ?? []) : (before?.options ?? [...CANCELLATION_REASONS]),
    },
    enabled: given?.enabled ?? known?.enabled ?? false,
    mode: given?.mode ?? known?.mode ?? "at_period_end",
    proration_behavior: given?.proration_behavior ?? known?.proration_behavior ?? "none",
  };
}

function pauseOf(known: Pause | undefined, given: Features["subscription_pause"]): Pause {
  const duration = given?.duration;
  const options = (duration?.interval_options ?? []).map(({ interval, interval_count = 1 }) => ({
    interval,
    interval_count,
  }));
  if (duration?.type === "interval_options" && options.length === 0)
    throw missing("features[subscription_pause][duration][interval_options]");
  return {
    duration: duration
      ? { interval_options: options, type: duration.type }
      : (known?.duration ?? { interval_options: [], type: "indefinite" }),
    enabled: given?.enabled ?? known?.enabled ?? false,
  };
}

/** All features after some were given: what is not named stays as it was, or is off. @throws StripeFailure 400 */
export function mergedFeatures(account: Account, known: Whole | null, given: Features | undefined): Whole {
  const update = given?.customer_update;
  const allowed = update?.allowed_updates === null ? [] : update?.allowed_updates;
  const customerUpdate = {
    allowed_updates: allowed ?? known?.customer_update.allowed_updates ?? [],
    enabled: update?.enabled ?? known?.customer_update.enabled ?? false,
  };
  if (customerUpdate.enabled && customerUpdate.allowed_updates.length === 0 && update)
    throw missing("features[customer_update][allowed_updates]");
  const method = given?.payment_method_update;
  const methodConfiguration = method?.payment_method_configuration;
  return {
    customer_update: customerUpdate,
    invoice_history: given?.invoice_history ?? known?.invoice_history ?? { enabled: false },
    payment_method_update: {
      enabled: method?.enabled ?? known?.payment_method_update.enabled ?? false,
      payment_method_configuration:
        methodConfiguration === undefined
          ? (known?.payment_method_update.payment_method_configuration ?? null)
          : methodConfiguration,
    },
    subscription_cancel: cancelOf(known?.subscription_cancel, given?.subscription_cancel),
    subscription_pause: pauseOf(known?.subscription_pause, given?.subscription_pause),
    subscription_update: updateOf(account, known?.subscription_update, given?.subscription_update),
  };
}
