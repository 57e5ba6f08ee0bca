import { TZDate } from "@date-fns/tz";
import type { Limits } from "../story/types";
import type { RuleVersion, SimulatedTenant } from "../tenant";
import { type Payment, paymentsOf } from "./at-stripe";
import { amountIn } from "./balance-model";
import type { Evidence, Reserved } from "./evidence";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

type Attempt = { id: string; tenant: string; trigger: string };

/** Each charge against the rules that may have been in force when it was reserved, by the stand-in's times and amounts. */
export async function checkRules(world: Evidence): Promise<void> {
  const attempts = await world.sql<Attempt[]>`
    select attempt_id as id, tenant_id as tenant, trigger from recharge_attempts`;
  for (const tenant of world.tenants) {
    const payments = paymentsOf(world, tenant);
    for (const [place, payment] of payments.entries()) {
      const attempt = attempts.find(({ id }) => id === payment.attemptId);
      const reserved = world.reserved.get(payment.attemptId);
      if (!attempt || !reserved) {
        world.violate(`${tenant.name}: ${payment.intent.id} was charged without an attempt of its own`);
        continue;
      }
      const isManual = attempt.trigger === "manual";
      const before = payments.slice(0, place);
      const balances = isManual ? null : await balancesOf(world, tenant, reserved);
      const objections = tenant.rulesAt(reserved.atMs).map((version) => {
        const { terms } = version;
        if (!terms) return isManual ? null : "auto-recharge was never turned on";
        if (!isManual && !terms.enabled) return "auto-recharge was off";
        if (!isManual && !hasConsent(tenant, version)) return "nobody had consented";
        return (
          brokenLimit(terms.limits, payment, before, isManual, tenant.plan.timeZone) ??
          (balances ? wrongAmount(terms, payment, balances) : null)
        );
      });
      // Any of the rules that may have been in force will do.
      if (objections.every((objection) => objection !== null))
        world.violate(
          `${tenant.name}: ${payment.intent.id} over ${payment.charge.amount}: ${objections.join(", or ")}`,
        );
      if (amountIn(payment.charge.amount) === null)
        world.violate(`${tenant.name}: ${payment.charge.amount} is no amount with its fee of 2.9 %`);
    }
  }
}

/** A consent holds for changed terms too, until the rule is turned off. */
function hasConsent({ rules }: SimulatedTenant, version: RuleVersion): boolean {
  if (version.terms?.consent) return true;
  const before = rules.slice(0, rules.indexOf(version)).filter(({ terms }) => terms !== null);
  const turnedOff = before.findLastIndex(
    ({ terms, span }) => terms?.enabled === false && span.certainMs <= version.span.fromMs,
  );
  return before.slice(turnedOff + 1).some(({ terms }) => terms?.enabled && terms.consent);
}

const total = (payments: readonly Payment[]) => payments.reduce((sum, { charge }) => sum + charge.amount, 0);

function brokenLimit(
  limits: Limits,
  { charge, atMs }: Payment,
  before: readonly Payment[],
  isManual: boolean,
  timeZone: string,
): string | null {
  const ofDay = before.filter((other) => other.atMs > atMs - DAY_MS);
  const month = new TZDate(atMs, timeZone);
  const monthStart = new TZDate(month.getFullYear(), month.getMonth(), 1, timeZone).getTime();
  const ofMonth = before.filter((other) => other.atMs >= monthStart);
  const last = before.at(-1);
  const over = (limit: number | null, value: number) => limit !== null && value > limit;
  if (over(limits.maxChargeMinor, charge.amount)) return "above the largest charge";
  if (limits.minChargeMinor !== null && charge.amount < limits.minChargeMinor) return "below the smallest charge";
  if (over(limits.maxPerDayMinor, total(ofDay) + charge.amount))
    return `the limit of ${limits.maxPerDayMinor} in 24 hours was passed (${total(ofDay)} before)`;
  if (over(limits.maxChargesPerDay, ofDay.length + 1))
    return `more than ${limits.maxChargesPerDay} charges in 24 hours`;
  if (over(limits.maxPerMonthMinor, total(ofMonth) + charge.amount))
    return `the limit of ${limits.maxPerMonthMinor} in a month was passed (${total(ofMonth)} before)`;
  const earliest = last && limits.minIntervalMinutes ? last.atMs + limits.minIntervalMinutes * MINUTE_MS : 0;
  // The stand-in tells its times in whole seconds.
  if (!isManual && atMs + 1_000 < earliest)
    return `less than ${limits.minIntervalMinutes} minutes after the last charge`;
  return null;
}

/** The balances that whoever reserved a charge may have seen. */
async function balancesOf(world: Evidence, tenant: SimulatedTenant, reserved: Reserved): Promise<number[]> {
  const { versions, taskStartedMs, atMs, seenUntilMs } = reserved;
  if (!versions) return balancesBetween(world, tenant, taskStartedMs, seenUntilMs ?? atMs);
  const rows = await world.sql<{ balance: number }[]>`
    select balance_after_minor::float8 as balance from ledger_entries
    where tenant_id = ${tenant.tenantId} and account = 'prepaid' and version between ${versions.from} and ${versions.to}`;
  return versions.from === 0 ? [0, ...rows.map(({ balance }) => balance)] : rows.map(({ balance }) => balance);
}

/** The balances that there were in a stretch of time, and the one at its beginning. */
async function balancesBetween(
  world: Evidence,
  tenant: SimulatedTenant,
  fromMs: number,
  toMs: number,
): Promise<number[]> {
  const from = new Date(fromMs).toISOString();
  const rows = await world.sql<{ balance: number }[]>`
    select balance_after_minor::float8 as balance from ledger_entries
    where tenant_id = ${tenant.tenantId} and account = 'prepaid' and created_at <= ${new Date(toMs).toISOString()}
      and version >= coalesce((select max(version) from ledger_entries
        where tenant_id = ${tenant.tenantId} and account = 'prepaid' and created_at < ${from}), 0)
    order by version`;
  return rows.length > 0 ? rows.map(({ balance }) => balance) : [0];
}

/** One charge closes the gap, up to the target: no more, no less, and only when the balance is low. */
function wrongAmount(
  terms: { minMinor: number; targetMinor: number },
  { charge }: Payment,
  balances: readonly number[],
): string | null {
  const amount = amountIn(charge.amount);
  const fits = balances.some((balance) => balance < terms.minMinor && terms.targetMinor - balance === amount);
  return fits
    ? null
    : `no balance of then (${balances.join(", ")}) asks for it (minimum ${terms.minMinor}, target ${terms.targetMinor})`;
}
