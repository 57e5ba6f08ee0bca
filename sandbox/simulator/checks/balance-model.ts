import type { SimulatedTenant } from "../tenant";
import { movesMoney, type Payment, paymentsOf, tookMoney } from "./at-stripe";
import type { Evidence } from "./evidence";

/**
 * What a balance must be, from what callers were answered and what the stand-in has: arithmetic of its own, which knows nothing
 * of the product's code.
 */
const FEE_PER_MILLE_TENTHS = 29n;

/** Half a unit goes up. */
const halfUp = (value: bigint, divisor: bigint): bigint => (2n * value + divisor) / (2n * divisor);
export const feeOn = (amount: number): number => Number(halfUp(BigInt(amount) * FEE_PER_MILLE_TENTHS, 1_000n));

/** The amount whose total, with its fee, is what was charged; null when there is none. */
export function amountIn(total: number): number | null {
  const guess = Math.round(total / 1.029);
  for (let amount = guess - 2; amount <= guess + 2; amount++) if (amount + feeOn(amount) === total) return amount;
  return null;
}

/**
 * What of a payment stays with the customer.
 * @param failed whether a refund was refused: as long as a part of the payment is left, that may leave a unit's rounding
 * @returns the least and the most
 */
function keptOf({ charge, refunds, disputes }: Payment, failed: boolean): { low: number; high: number } {
  if (charge.status !== "succeeded") return { low: 0, high: 0 };
  const total = BigInt(charge.amount);
  const amount = BigInt(amountIn(charge.amount) ?? 0);
  const fee = total - amount;
  const back = refunds.filter(tookMoney).reduce((sum, refund) => sum + BigInt(refund.amount), 0n);
  const principalBack = back - halfUp(fee * back, total);
  const disputed = disputes
    .filter((dispute) => movesMoney(dispute) && dispute.status !== "won")
    .reduce((sum, dispute) => sum + halfUp(amount * BigInt(dispute.amount), total), 0n);
  const kept = Number(amount - principalBack - disputed);
  const unclear = failed && back > 0n && back < total ? 1 : 0;
  return { low: kept - unclear, high: kept + unclear };
}

/** The Starter plan: 10,000 messages a month, and $0.004 for each beyond; fractions of a cent are carried, not taken. */
const INCLUDED = 10_000;
const TWO_WEEKS_MS = 14 * 86_400_000;
const costOf = (messages: number) => Math.floor((Math.max(0, messages - INCLUDED) * 4) / 10);

/** What usage cost: exactly while all of it was in a first month, otherwise between one quota and one for every report. */
function usageOf({ used }: SimulatedTenant): { low: number; high: number } {
  const total = used.reduce((sum, { quantity }) => sum + quantity, 0);
  const times = used.map(({ atMs }) => atMs);
  const oneMonth =
    new Set(used.map(({ subscription }) => subscription)).size <= 1 &&
    Math.max(0, ...times) - Math.min(...times) < TWO_WEEKS_MS;
  return oneMonth ? { low: costOf(total), high: costOf(total) } : { low: 0, high: costOf(total + INCLUDED) };
}

export function predictBalance(
  world: Evidence,
  tenant: SimulatedTenant,
  failed: boolean,
): { low: number; high: number } {
  const { adjustedMinor, debitedMinor, capturedMinor } = tenant.accepted;
  const usage = usageOf(tenant);
  const before = adjustedMinor - debitedMinor - capturedMinor;
  const sum = { low: before - usage.high, high: before - usage.low };
  for (const payment of paymentsOf(world, tenant)) {
    const { low, high } = keptOf(payment, failed);
    sum.low += low;
    sum.high += high;
  }
  return sum;
}

export async function checkBalances(world: Evidence): Promise<void> {
  for (const tenant of world.tenants) {
    const [row] = await world.sql<{ balance: number; failed: boolean }[]>`
      select balance_minor::float8 as balance,
        exists (select from refunds where tenant_id = ${tenant.tenantId} and state in ('failed', 'canceled')) as failed
      from ledger_accounts where tenant_id = ${tenant.tenantId} and account = 'prepaid'`;
    const { low, high } = predictBalance(world, tenant, row?.failed ?? false);
    if (!row || row.balance < low || row.balance > high)
      world.violate(
        `${tenant.name}: the balance is ${row?.balance} and should be ${low}${high > low ? ` to ${high}` : ""}`,
      );
  }
}
