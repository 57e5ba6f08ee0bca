import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import {
  boolean,
  clearable,
  clearableText,
  decimal,
  integer,
  metadata,
  oneOf,
  strict,
  text,
} from "../../http/parameters";
import { route } from "../../http/route";
import { rowsOf } from "../../state/rows";
import { emit } from "../../webhooks/events";
import { resolveProduct } from "../products/read";
import { createPrice } from "./create";
import { creation as ofPrice } from "./parameters";
import { planOf } from "./plan";
import { updatePrice } from "./update";

const creation = {
  active: boolean.optional(),
  amount: integer.optional(),
  amount_decimal: decimal.optional(),
  billing_scheme: ofPrice.billing_scheme,
  currency: text,
  id: text.optional(),
  interval: oneOf("day", "month", "week", "year"),
  interval_count: integer.optional(),
  metadata: metadata.optional(),
  meter: text.optional(),
  nickname: text.optional(),
  product: z.union([text, ofPrice.product_data.unwrap()]).optional(),
  tiers: ofPrice.tiers,
  tiers_mode: ofPrice.tiers_mode,
  transform_usage: strict({ divide_by: integer, round: oneOf("down", "up") }).optional(),
  trial_period_days: integer.optional(),
  usage_type: oneOf("licensed", "metered").optional(),
};

function resolve(account: Account, id: string): { price: Stripe.Price; plan: Stripe.Plan } {
  const price = account.tables.prices.get(id);
  const plan = price && planOf(price);
  if (!price || !plan) throw resourceMissing("plan", id);
  return { price, plan };
}

function create(account: Account, given: z.output<z.ZodObject<typeof creation>>, version: string | null): Stripe.Plan {
  if (given.id && account.tables.prices.get(given.id))
    throw invalidRequest("Plan already exists.", { code: "resource_already_exists", param: "id" });
  const price = createPrice(
    account,
    {
      active: given.active,
      billing_scheme: given.billing_scheme,
      currency: given.currency,
      metadata: given.metadata,
      nickname: given.nickname,
      ...(typeof given.product === "string" ? { product: given.product } : { product_data: given.product }),
      recurring: {
        interval: given.interval,
        interval_count: given.interval_count,
        meter: given.meter,
        trial_period_days: given.trial_period_days,
        usage_type: given.usage_type,
      },
      tiers: given.tiers,
      tiers_mode: given.tiers_mode,
      transform_quantity: given.transform_usage,
      unit_amount: given.amount,
      unit_amount_decimal: given.amount_decimal,
    },
    version,
    given.id ? { id: given.id } : {},
  );
  return resolve(account, price.id).plan;
}

/** The older Plans API: every plan is a recurring price under another name. */
export const planRoutes = [
  route("POST /v1/plans", {
    parameters: creation,
    handle: (account, given, call) => create(account, given, call.version),
  }),
  route("GET /v1/plans/:id", { handle: (account, _, call) => resolve(account, call.path.id ?? "").plan }),
  route("POST /v1/plans/:id", {
    parameters: {
      active: boolean.optional(),
      metadata: clearable(metadata).optional(),
      nickname: clearableText.optional(),
      product: text.optional(),
      trial_period_days: integer.optional(),
    },
    handle(account, { product, trial_period_days: days, ...given }, call) {
      const { price } = resolve(account, call.path.id ?? "");
      const moved = {
        ...price,
        ...(product && { product: resolveProduct(account, product, "product").id }),
        recurring: price.recurring && {
          ...price.recurring,
          trial_period_days: days ?? price.recurring.trial_period_days,
        },
      };
      return resolve(account, updatePrice(account, moved, given, price).id).plan;
    },
  }),
  // Subscriptions that have it keep it.
  route("DELETE /v1/plans/:id", {
    handle(account, _, call) {
      const { price, plan } = resolve(account, call.path.id ?? "");
      account.tables.prices.delete(price.id);
      emit(account, "plan.deleted", plan);
      emit(account, "price.deleted", price);
      return { id: plan.id, object: "plan", deleted: true } satisfies Stripe.DeletedPlan;
    },
  }),
  route("GET /v1/plans", {
    parameters: { ...pagination, active: boolean.optional(), created, product: text.optional() },
    handle(account, given) {
      const plans = [...account.tables.prices.whose("product", given.product).oldestFirst()].flatMap((price) =>
        account.tables.priceTerms.get(price.id)?.inline ? [] : (planOf(price) ?? []),
      );
      return pageOf(
        rowsOf(plans),
        given,
        "/v1/plans",
        (plan) =>
          (given.active === undefined || plan.active === given.active) && matchesCreated(given.created, plan.created),
      );
    },
  }),
];
