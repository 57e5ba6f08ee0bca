import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { emit } from "../../webhooks/events";
import { createPrice } from "../prices/create";
import { planOf } from "../prices/plan";
import type { PlanInput } from "./parameters";

/** A plan is a recurring price under its older name. @throws StripeFailure 404 */
export function existingPlan(account: Account, id: string): { plan: Stripe.Plan; price: Stripe.Price } {
  const price = account.tables.prices.get(id);
  const plan = price && planOf(price);
  if (!price || !plan) throw resourceMissing("plan", id);
  return { plan, price };
}

/** @throws StripeFailure 400, also when the id is taken */
export function createPlan(account: Account, given: PlanInput, version: string | null): Stripe.Plan {
  const { id, product, interval, interval_count: count, meter, trial_period_days: trial, usage_type: usage } = given;
  if (id && account.tables.prices.get(id))
    throw invalidRequest("Plan already exists.", { code: "resource_already_exists", param: "id" });
  const price = createPrice(
    account,
    {
      active: given.active,
      billing_scheme: given.billing_scheme,
      currency: given.currency,
      metadata: given.metadata ?? undefined,
      nickname: given.nickname,
      ...(typeof product === "string" ? { product } : { product_data: product }),
      recurring: { interval, interval_count: count, meter, trial_period_days: trial, usage_type: usage },
      tiers: given.tiers,
      tiers_mode: given.tiers_mode,
      transform_quantity: given.transform_usage,
      unit_amount: given.amount,
      unit_amount_decimal: given.amount_decimal,
    },
    version,
    id ? { id } : {},
  );
  return existingPlan(account, price.id).plan;
}

/** Subscriptions that have it keep it; nobody else can take it any more. */
export function deletePlan(account: Account, id: string): Stripe.DeletedPlan {
  const { plan, price } = existingPlan(account, id);
  account.tables.prices.delete(id);
  emit(account, "plan.deleted", plan);
  emit(account, "price.deleted", price);
  return { id, object: "plan", deleted: true };
}
