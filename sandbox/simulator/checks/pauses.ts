import type { SimulatedTenant } from "../tenant";
import { type Payment, triesOf } from "./at-stripe";
import type { Evidence } from "./evidence";

const DAY_MS = 86_400_000;
const BUDGET = 15;
const FOR_GOOD = new Set(["lost_card", "stolen_card", "expired_card", "fraudulent", "pickup_card"]);

type Attempt = { id: string; trigger: string; backup: boolean };

const fingerprintOf = ({ charge }: Payment) =>
  charge.payment_method_details?.card?.fingerprint ?? charge.payment_method_details?.us_bank_account?.fingerprint ?? "";
const isForGood = ({ charge }: Payment) =>
  FOR_GOOD.has(charge.outcome?.reason ?? "") ||
  FOR_GOOD.has(charge.failure_code ?? "") ||
  charge.outcome?.advice_code === "do_not_try_again";

/** No card is asked too often, and a paused rule asks none: by what the stand-in was asked. */
export async function checkPauses(world: Evidence): Promise<void> {
  const rows = await world.sql<Attempt[]>`select attempt_id as id, trigger, is_backup as backup from recharge_attempts`;
  const attempts = new Map(rows.map((row) => [row.id, row]));
  const tries = world.tenants.flatMap((tenant) => triesOf(world, tenant));
  checkBudget(world, tries);
  for (const tenant of world.tenants) checkTenant(world, tenant, triesOf(world, tenant), attempts);
  await checkReturned(world, attempts);
}

function checkBudget(world: Evidence, tries: readonly Payment[]): void {
  const unpaid = tries.filter(({ charge }) => charge.status === "failed" && !world.inPerson.has(charge.id));
  for (const one of unpaid) {
    const same = unpaid.filter(
      (other) =>
        fingerprintOf(other) === fingerprintOf(one) && other.atMs <= one.atMs && other.atMs > one.atMs - 30 * DAY_MS,
    );
    if (same.length <= BUDGET) continue;
    world.violate(`a card was tried ${same.length} times in 30 days without success`);
    return;
  }
}

/** Whether something happened between two instants that may have ended a pause. */
const isFresh = (tenant: SimulatedTenant, fromMs: number, toMs: number) =>
  tenant.freshStartsMs.some((ms) => ms >= fromMs - 1_000 - DAY_MS && ms <= toMs);

function checkTenant(
  world: Evidence,
  tenant: SimulatedTenant,
  tries: readonly Payment[],
  attempts: ReadonlyMap<string, Attempt>,
): void {
  const blocked = new Set<string>();
  let failures: Payment[] = [];
  for (const one of tries) {
    const attempt = attempts.get(one.attemptId);
    const isAutomatic = attempt !== undefined && attempt.trigger !== "manual" && !world.inPerson.has(one.charge.id);
    const reservedMs = world.reserved.get(one.attemptId)?.atMs ?? one.atMs;
    if (isAutomatic && blocked.has(fingerprintOf(one)))
      world.violate(`${tenant.name}: ${one.intent.id} asked a card again that had been declined for good`);
    if (one.charge.status !== "failed") {
      failures = [];
      blocked.delete(fingerprintOf(one));
      continue;
    }
    if (!isAutomatic) continue;
    const [first] = failures;
    if (first && failures.length >= 3 && !isFresh(tenant, first.atMs, reservedMs))
      world.violate(`${tenant.name}: ${one.intent.id} was tried after ${failures.length} declines in a row`);
    failures = first && isFresh(tenant, first.atMs, reservedMs) ? [one] : [...failures, one];
    if (isForGood(one) && !attempt.backup) blocked.add(fingerprintOf(one));
  }
}

/** After a payment was disputed or returned nothing is charged by itself, until the customer does something or the dispute is won. */
async function checkReturned(world: Evidence, attempts: ReadonlyMap<string, Attempt>): Promise<void> {
  const held = await world.sql<{ tenant: string; dispute: string; at: string }[]>`
    select tenant_id as tenant, source_id as dispute, created_at::text as at from ledger_transactions
    where kind in ('dispute_opened', 'recharge_reversal')`;
  for (const { tenant: id, dispute, at } of held) {
    const tenant = world.tenantOf(id);
    if (!tenant) continue;
    const sinceMs = Date.parse(at);
    for (const one of triesOf(world, tenant)) {
      const reservedMs = world.reserved.get(one.attemptId)?.atMs ?? 0;
      const isManual = attempts.get(one.attemptId)?.trigger === "manual";
      if (reservedMs <= sinceMs) continue;
      if (isManual && one.charge.status !== "failed") break;
      if (isManual || isFresh(tenant, sinceMs, reservedMs)) continue;
      world.violate(`${tenant.name}: ${one.intent.id} was tried by itself after ${dispute}`);
      break;
    }
  }
}
