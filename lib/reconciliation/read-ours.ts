import { inArray } from "drizzle-orm";
import { systemDb, systemSql } from "@/db/client";
import { tenants } from "@/db/schema";
import type { TransactionStatus } from "@/db/schema/transactions";
import type { PaymentIntentId, StripeCustomerId, TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import type { Statement } from "@/lib/stripe/statement";
import type { Credit, OurDispute, OurRefund, OurSide, Waiting } from "./sides";

/** A bank debit takes up to a week; a refund of one up to two. */
const WAITS_AT_MOST_MS = 14 * 86_400_000;

type Range = { from: Date; to: Date };

type CreditRow = {
  tenant_id: string;
  kind: Credit["kind"];
  payment_id: string;
  currency: string;
  created_at: string;
  amount: string;
  fee: string;
  listed: string | null;
  status: TransactionStatus | null;
};

/** What was credited in the time, and for whichever payments Stripe names. */
async function readCredits({ from, to }: Range, payments: string[]): Promise<Credit[]> {
  const rows = await systemSql()<CreditRow[]>`
    with paid as (
      select tenant_id, transaction_id, kind, source_id, created_at from ledger_transactions
      where kind in ('recharge', 'invoice_payment')
        and ((created_at >= ${from.toISOString()}::timestamptz and created_at < ${to.toISOString()}::timestamptz)
          or source_id = any(${payments}::text[]))
    )
    select p.tenant_id, p.kind, p.source_id as payment_id, e.currency, p.created_at::text,
      -coalesce(sum(e.amount_minor) filter (where e.account = 'stripe'), 0) as amount,
      coalesce(sum(e.amount_minor) filter (where e.account = 'fee_revenue'), 0) as fee,
      x.amount_minor as listed, x.status
    from paid p
    join ledger_entries e on e.tenant_id = p.tenant_id and e.transaction_id = p.transaction_id and e.account <> 'usage_revenue'
    left join transactions x on x.stripe_payment_intent_id = p.source_id and x.tenant_id = p.tenant_id and x.type = 'payment'
    group by p.tenant_id, p.kind, p.source_id, e.currency, p.created_at, x.amount_minor, x.status`;
  return rows.map((row) => ({
    tenantId: row.tenant_id as TenantId,
    kind: row.kind,
    paymentId: row.payment_id as PaymentIntentId,
    amountMinor: toMinor(Number(row.amount)),
    feeMinor: toMinor(Number(row.fee)),
    currency: toCurrency(row.currency),
    createdAt: new Date(row.created_at),
    listedMinor: row.listed === null ? null : toMinor(Number(row.listed)),
    listedStatus: row.status,
  }));
}

type RefundRow = {
  tenant_id: string;
  refund_id: string;
  stripe_refund_id: string | null;
  state: OurRefund["state"];
  amount: string;
  currency: string;
  created_at: string;
};

async function readRefunds({ from, to }: Range, said: Statement["refunds"]): Promise<OurRefund[]> {
  const names = said.map((one) => one.stripeRefundId);
  const ids = said.flatMap((one) => (one.refundId ? [one.refundId] : []));
  const rows = await systemSql()<RefundRow[]>`
    select tenant_id, refund_id, stripe_refund_id, state, amount_minor as amount, currency, created_at::text from refunds
    where (created_at >= ${from.toISOString()}::timestamptz and created_at < ${to.toISOString()}::timestamptz)
      or stripe_refund_id = any(${names}::text[])
      or refund_id::text = any(${ids}::text[])`;
  return rows.map((row) => ({
    tenantId: row.tenant_id as TenantId,
    refundId: row.refund_id,
    stripeRefundId: row.stripe_refund_id,
    state: row.state,
    amountMinor: toMinor(Number(row.amount)),
    currency: toCurrency(row.currency),
    createdAt: new Date(row.created_at),
  }));
}

async function readDisputes(said: Statement["disputes"]): Promise<OurDispute[]> {
  const intents = [...new Set(said.map((one) => one.paymentIntentId))];
  const rows = await systemSql()<
    { tenant_id: string; source_id: string; status: TransactionStatus; amount: string }[]
  >`select tenant_id, source_id, status, amount_minor as amount from transactions
    where stripe_payment_intent_id = any(${intents}::text[]) and source_kind = 'dispute'`;
  return rows.map((row) => ({
    tenantId: row.tenant_id as TenantId,
    disputeId: row.source_id,
    status: row.status,
    amountMinor: toMinor(Number(row.amount)),
  }));
}

async function readWaiting(now: Date): Promise<Waiting[]> {
  const before = new Date(now.getTime() - WAITS_AT_MOST_MS).toISOString();
  const rows = await systemSql()<
    { tenant_id: string; transaction_id: string; amount: string; currency: string; created_at: string }[]
  >`select tenant_id, transaction_id, amount_minor as amount, currency, created_at::text from transactions
    where status = 'pending' and created_at < ${before}::timestamptz and source_kind <> 'dispute'`;
  return rows.map((row) => ({
    tenantId: row.tenant_id as TenantId,
    transactionId: row.transaction_id,
    amountMinor: toMinor(Number(row.amount)),
    currency: toCurrency(row.currency),
    createdAt: new Date(row.created_at),
  }));
}

async function readTenants(said: Statement): Promise<ReadonlyMap<StripeCustomerId, TenantId>> {
  const customers = [...new Set(said.payments.flatMap((one) => (one.customerId ? [one.customerId] : [])))];
  if (customers.length === 0) return new Map();
  const rows = await systemDb()
    .select({ customerId: tenants.stripeCustomerId, tenantId: tenants.tenantId })
    .from(tenants)
    .where(inArray(tenants.stripeCustomerId, customers));
  return new Map(rows.flatMap((row) => (row.customerId ? [[row.customerId, row.tenantId] as const] : [])));
}

/** Our side of what Stripe's statement tells, and of the same time: five questions, however much there is. */
export async function readOurs(range: Range, said: Statement, now: Date): Promise<OurSide> {
  const payments = [
    ...said.payments.map((one) => one.paymentId as string),
    ...said.refunds.flatMap((one) => one.paymentIntentId ?? []),
    ...said.disputes.map((one) => one.paymentIntentId),
  ];
  const [credits, refunds, disputes, waiting, known] = await Promise.all([
    readCredits(range, [...new Set(payments)]),
    readRefunds(range, said.refunds),
    readDisputes(said.disputes),
    readWaiting(now),
    readTenants(said),
  ]);
  return { credits, refunds, disputes, waiting, tenants: known };
}
