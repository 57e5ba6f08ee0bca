import { expect } from "@playwright/test";
import { database } from "./database";
import { paidIntents } from "./stand-in";

export interface LivePlan {
  id: string;
  plan: string;
  status: string;
  trialEnd: Date;
  periodEnd: Date;
  /** Null: the default method. */
  paymentMethodId: string | null;
}

/** The plan of a tenant, as it is stored. */
export async function livePlan(tenantId: string): Promise<LivePlan> {
  const [row] = await database()<LivePlan[]>`select subscription_id as id, plan, status, trial_end as "trialEnd",
    current_period_end as "periodEnd", payment_method_id as "paymentMethodId"
    from subscriptions where tenant_id = ${tenantId} and ended_at is null`;
  if (!row) throw new Error("the tenant has no plan");
  return row;
}

/** An invoice in short: what it was for, what came of it, what was paid. */
export type InvoiceInShort = [number: string, reason: string, status: string, paidMinor: number];

export async function invoicesInShort(tenantId: string): Promise<InvoiceInShort[]> {
  const rows = await database()`select number, reason, status, amount_paid_minor::int as paid
    from invoices where tenant_id = ${tenantId} order by number`;
  return rows.map(({ number, reason, status, paid }) => [number, reason, status, paid]);
}

export interface Step {
  kind: string;
  dueAt: Date;
  doneAt: Date | null;
  outcome: string | null;
}

/** The timetable of a failed invoice, as it is stored. */
export async function timetableOf(tenantId: string): Promise<Step[]> {
  const rows = await database()<Step[]>`select kind, due_at as "dueAt", done_at as "doneAt", outcome
    from dunning_steps where tenant_id = ${tenantId} order by case_id, position`;
  return [...rows];
}

/** What each account of the ledger holds, minor units. */
export async function accountsOf(tenantId: string): Promise<Record<string, number>> {
  const rows = await database()`select account, sum(amount_minor)::int as sum from ledger_entries
    where tenant_id = ${tenantId} group by account order by account`;
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

/** The charges that Stripe has are the payments of the list and the money that the ledger says came from Stripe, one by one. */
export async function expectSameAtStripe(tenantId: string): Promise<void> {
  const sql = database();
  const [tenant] = await sql`select stripe_customer_id as id from tenants where tenant_id = ${tenantId}`;
  const atStripe = (await paidIntents(tenant?.id as string)).map(({ id, amount }) => `${id} ${amount}`);
  const listed = await sql`select stripe_payment_intent_id as id, amount_minor::int as amount from transactions
    where tenant_id = ${tenantId} and type = 'payment' and status = 'succeeded' and amount_minor > 0`;
  expect(listed.map(({ id, amount }) => `${id} ${amount}`).sort()).toEqual(atStripe.sort());
  const posted = await sql`select -amount_minor::int as amount from ledger_entries
    where tenant_id = ${tenantId} and account = 'stripe'`;
  const amounts = (of: readonly { amount?: number }[]) => of.map(({ amount = 0 }) => amount).sort((a, b) => a - b);
  expect(amounts(posted)).toEqual(amounts(await paidIntents(tenant?.id as string)));
}
