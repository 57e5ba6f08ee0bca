import { getOverview } from "@/lib/balance/queries";
import { now } from "@/lib/clock";
import type { Reason } from "@/lib/recharge/types";
import { methodsOf } from "../story/perform";
import type { SimulatedTenant } from "../tenant";
import { paymentsOf, triesOf } from "./at-stripe";
import type { Evidence } from "./evidence";

/** Nothing is left lying, and nobody is below the minimum without a reason that is shown and true. */
export async function checkEndings(world: Evidence): Promise<void> {
  for (const text of world.calls.unanswered) world.violate(`never answered: ${text}`);
  if (world.scheduler.deadlocks > 0) world.violate(`${world.scheduler.deadlocks} deadlocks of database locks`);
  await checkNothingIsStuck(world);
  for (const tenant of world.tenants) await checkLowBalance(world, tenant);
}

async function checkNothingIsStuck(world: Evidence): Promise<void> {
  const at = now().toISOString();
  const stuck = await world.sql<{ what: string }[]>`
    select 'attempt ' || attempt_id || ' is ' || state as what from recharge_attempts
      where state in ('reserved', 'charging', 'unknown') or (state in ('processing', 'requires_action') and lease_until < ${at})
    union all select 'event ' || event_id || ' (' || type || ') is not handled: ' || coalesce(last_error, '') from stripe_events where handled_at is null
    union all select 'refund ' || refund_id || ' is ' || state from refunds where state in ('started', 'unknown')
    union all select 'hold ' || hold_id || ' is active after its time' from ledger_holds where state = 'active' and expires_at < ${at}`;
  for (const { what } of stuck) world.violate(`stuck: ${what}`);
}

async function checkLowBalance(world: Evidence, tenant: SimulatedTenant): Promise<void> {
  const { rule, balanceMinor, reason, state, lastAttempt } = await getOverview(tenant.scope);
  if (!rule.enabled || rule.minMinor === null || balanceMinor >= rule.minMinor) return;
  if (!reason)
    return world.violate(`${tenant.name}: ${balanceMinor} is below ${rule.minMinor}, nothing is under way (${state})`);
  const untrue = disbelieve(world, tenant, reason, rule.limits, lastAttempt?.state ?? null);
  if (untrue) world.violate(`${tenant.name} is below its minimum, said to be for ${reason}, but ${untrue}`);
  const told = await world.sql<{ kind: string }[]>`
    select kind from notifications where tenant_id = ${tenant.tenantId}
      and kind in ('declined', 'paused', 'needs_authentication', 'low_balance', 'limit_100', 'blocked', 'payment_returned')`;
  if (told.length === 0 && !SILENT.has(reason))
    world.violate(`${tenant.name} was never told why it is not charged (${reason})`);
}

const SILENT = new Set<Reason>([
  "charge_in_progress",
  "charge_processing",
  "outcome_unknown",
  "min_interval",
  "dry_run",
]);

/** What speaks against a reason, by the stand-in's records and the rule that was saved; null: nothing. */
function disbelieve(
  world: Evidence,
  tenant: SimulatedTenant,
  reason: Reason,
  limits: { [K in keyof SimulatedTenantLimits]: unknown },
  lastState: string | null,
): string | null {
  const tries = triesOf(world, tenant);
  const failed = tries.filter(({ charge }) => charge.status === "failed").length;
  const paid = paymentsOf(world, tenant);
  const unless = (holds: boolean, text: string) => (holds ? null : text);
  switch (reason) {
    case "stopped_all":
      return unless(world.brakes.stopAll, "nobody stopped all");
    case "dry_run":
      return unless(world.brakes.dryRun, "there is no dry run");
    case "stopped_tenant":
      return unless(tenant.stopped, "nobody stopped it");
    case "charge_in_progress":
    case "outcome_unknown":
      return "everything has been asked about";
    case "charge_processing":
      return unless(
        paid.some(({ charge }) => charge.status === "pending"),
        "no payment is under way at Stripe",
      );
    case "needs_authentication":
      return unless(authenticationAsked(world, tenant), "no bank asked for it");
    case "paused_declines":
      return unless(failed >= 3, `only ${failed} charges were declined`);
    case "paused_hard_decline":
    case "backing_off":
      return unless(failed > 0 || lastState === "failed", "no charge was declined");
    case "paused_returned":
      return unless(
        paid.some(({ refunds, disputes }) => refunds.length + disputes.length > 0),
        "no payment was disputed, returned or given back",
      );
    case "no_payment_method":
      return unless(methodsOf(world, tenant).length === 0, "it has a method at Stripe");
    case "max_charge":
      return unless(limits.maxChargeMinor !== null, "there is no such limit");
    case "min_charge":
      return null;
    case "max_per_day":
      return unless(limits.maxPerDayMinor !== null, "there is no such limit");
    case "max_charges_per_day":
      return unless(limits.maxChargesPerDay !== null, "there is no such limit");
    case "max_per_month":
      return unless(limits.maxPerMonthMinor !== null, "there is no such limit");
    case "min_interval":
      return unless(limits.minIntervalMinutes !== null && paid.length > 0, "there is no such limit");
    case "card_budget":
      return unless(
        world.tenants.flatMap((one) => triesOf(world, one)).filter(({ charge }) => charge.status === "failed").length >=
          15,
        "its card was not tried that often",
      );
    default:
      return "that is no reason";
  }
}

type SimulatedTenantLimits = Record<
  | "minChargeMinor"
  | "maxChargeMinor"
  | "maxPerDayMinor"
  | "maxChargesPerDay"
  | "maxPerMonthMinor"
  | "minIntervalMinutes",
  unknown
>;

const ASKED = new Set<string | null | undefined>(["authentication_required", "payment_intent_authentication_failure"]);

/** Also of a payment that has failed otherwise since. */
function authenticationAsked(world: Evidence, tenant: SimulatedTenant): boolean {
  const errors = [...world.stripe.account.tables.paymentIntents.oldestFirst()]
    .filter(({ metadata }) => metadata.evenkeel_tenant === tenant.tenantId)
    .map(({ last_payment_error: error }) => error);
  return (
    errors.some((error) => ASKED.has(error?.code) || ASKED.has(error?.decline_code)) ||
    triesOf(world, tenant).some(({ charge }) => ASKED.has(charge.failure_code) || ASKED.has(charge.outcome?.reason))
  );
}
