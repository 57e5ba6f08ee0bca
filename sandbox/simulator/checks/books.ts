import type Stripe from "stripe";
import { invoicePaymentsOf, movesMoney, paymentsOf, tookMoney } from "./at-stripe";
import type { Evidence } from "./evidence";

type Posted = { tenant: string; kind: string; source: string; stripe: number };

/** The stand-in's records and the ledger, one to one: payments, refunds, disputes, in number and amount. */
export async function checkBooks(world: Evidence): Promise<void> {
  const posted = await world.sql<Posted[]>`
    select t.tenant_id as tenant, t.kind, t.source_id as source,
      coalesce(sum(e.amount_minor) filter (where e.account = 'stripe'), 0)::float8 as stripe
    from ledger_transactions t join ledger_entries e using (tenant_id, transaction_id)
    group by t.tenant_id, t.transaction_id, t.kind, t.source_id`;
  const refunds = await world.sql<{ id: string; stripe: string | null; amount: number }[]>`
    select refund_id as id, stripe_refund_id as stripe, amount_minor::float8 as amount from refunds`;
  for (const tenant of world.tenants) {
    const own = posted.filter((one) => one.tenant === tenant.tenantId);
    const expected = new Map<string, number>();
    for (const { intent, charge, refunds: given, disputes } of paymentsOf(world, tenant)) {
      if (charge.status === "succeeded") expected.set(`recharge ${intent.id}`, -charge.amount);
      for (const refund of given.filter(tookMoney)) {
        const ours = refunds.find(({ stripe }) => stripe === refund.id);
        if (!ours) world.violate(`${refund.id} was given back and nobody here knows of it`);
        else expected.set(`refund ${ours.id}`, refund.amount);
      }
      expectDisputes(disputes, expected);
    }
    for (const { id, amount, disputes } of invoicePaymentsOf(world, tenant)) {
      expected.set(`invoice_payment ${id}`, -amount);
      expectDisputes(disputes, expected);
    }
    compare(world, tenant.name, expected, sumsOf(own));
  }
}

function expectDisputes(disputes: readonly Stripe.Dispute[], expected: Map<string, number>): void {
  for (const dispute of disputes.filter(movesMoney))
    expected.set(`dispute ${dispute.id}`, dispute.status === "lost" ? dispute.amount : 0);
}

/** What the ledger says, by what it is about: reversals next to what they reverse. */
function sumsOf(posted: Posted[]): Map<string, number> {
  const sums = new Map<string, number>();
  const reversed = new Set(posted.filter(({ kind }) => kind === "refund_reversal").map(({ source }) => source));
  for (const { kind, source, stripe } of posted) {
    const about =
      kind === "recharge" || kind === "refund" || kind === "invoice_payment"
        ? kind
        : /^dispute_|^recharge_reversal$/.test(kind)
          ? "dispute"
          : null;
    if (!about || (about === "refund" && reversed.has(source))) continue;
    const name = `${about} ${source}`;
    sums.set(name, (sums.get(name) ?? 0) + stripe);
  }
  return sums;
}

function compare(world: Evidence, name: string, expected: Map<string, number>, found: Map<string, number>): void {
  for (const [about, amount] of expected) {
    const ours = found.get(about);
    // A dispute that was won before anybody heard of it took nothing.
    if (ours === undefined && amount === 0) continue;
    if (ours === undefined) world.violate(`${name}: ${about} over ${amount} is missing in the ledger`);
    else if (ours !== amount) world.violate(`${name}: ${about} is ${amount} at Stripe and ${ours} in the ledger`);
  }
  for (const about of found.keys())
    if (!expected.has(about)) world.violate(`${name}: ${about} is in the ledger and not at Stripe`);
}
