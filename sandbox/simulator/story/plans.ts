import { now } from "@/lib/clock";
import { newId, type SubscriptionId } from "@/lib/ids";
import { cancelSubscription } from "@/lib/subscriptions/cancel";
import { createSubscription } from "@/lib/subscriptions/create";
import { liveSubscription } from "@/lib/subscriptions/queries";
import { recordUsage } from "@/lib/usage/record";
import type { SimulatedTenant } from "../tenant";
import type { World } from "../world";

/** Subscribes a tenant to the smallest paid plan, whose usage beyond the quota is taken from the balance. */
export function subscribe(world: World, tenant: SimulatedTenant, trial: boolean): void {
  const requestKey = newId();
  const input = { plan: "starter", cycle: "monthly" as const, coupon: null, paymentMethodId: null, requestKey };
  const work = () => createSubscription(tenant.scope, { ...input, trialDays: trial ? 14 : 0 });
  world.calls.ask(`subscription of ${tenant.name}`, work);
}

/** Reports usage of the live subscription, if it is a paid one. */
export async function use(
  world: World,
  tenant: SimulatedTenant,
  { quantity, copies }: { quantity: number; copies: number },
): Promise<void> {
  const [live] = await world.sql<{ id: SubscriptionId }[]>`
    select subscription_id as id from subscriptions
    where tenant_id = ${tenant.tenantId} and plan = 'starter' and ended_at is null`;
  if (!live) return;
  const events = [{ id: newId(), metric: "messages" as const, quantity, usedAt: null }];
  let counted = false;
  for (let copy = 0; copy < copies; copy++)
    world.calls.ask(
      `usage ${quantity} of ${tenant.name}`,
      () => recordUsage(tenant.scope, live.id, events),
      ({ said }) => {
        if (said === "no" || counted) return;
        counted = true;
        tenant.used.push({ subscription: live.id, quantity, atMs: now().getTime() });
      },
    );
}

export function cancelPlan(world: World, tenant: SimulatedTenant, when: "now" | "period_end"): void {
  const requestKey = newId();
  world.calls.ask(`cancellation of ${tenant.name}`, async () => {
    const { subscriptionId } = await liveSubscription(tenant.scope);
    return cancelSubscription(tenant.scope, subscriptionId, { when, reason: null, requestKey });
  });
}
