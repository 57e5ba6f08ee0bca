import { and, eq } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { invoices, ledgerTransactions, transactions } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { invoiceParams, tell } from "@/lib/dunning/cases";
import { invariant } from "@/lib/errors";
import type { PaymentIntentId, TenantId } from "@/lib/ids";
import { postIn } from "@/lib/ledger/post";
import type { Posting } from "@/lib/ledger/types";
import { negate, subtract, ZERO } from "@/lib/money/minor";
import type { DisputeSnapshot } from "@/lib/stripe/disputes";
import { invoiceOfIntent } from "@/lib/stripe/invoices";
import { describe } from "@/lib/transactions/descriptions";
import { recordTransaction, updateTransaction } from "@/lib/transactions/record";
import { taxIn } from "./book";
import { type InvoiceRow, lockInvoice } from "./rows";
import { syncInvoice } from "./sync";

/** The invoice that an intent has paid, by the list of transactions. */
async function paidBy(paymentIntentId: string): Promise<{ tenantId: TenantId; invoiceId: string } | null> {
  const [row] = await systemDb()
    .select({ tenantId: transactions.tenantId, invoiceId: transactions.invoiceId })
    .from(transactions)
    .where(
      and(
        eq(transactions.stripePaymentIntentId, paymentIntentId as PaymentIntentId),
        eq(transactions.type, "payment"),
        eq(transactions.sourceKind, "invoice"),
      ),
    );
  return row?.invoiceId ? { tenantId: row.tenantId, invoiceId: row.invoiceId } : null;
}

async function posted(tx: Tx, tenantId: TenantId, kind: Posting["kind"], sourceId: string): Promise<string | null> {
  const [row] = await tx
    .select({ transactionId: ledgerTransactions.transactionId })
    .from(ledgerTransactions)
    .where(
      and(
        eq(ledgerTransactions.tenantId, tenantId),
        eq(ledgerTransactions.kind, kind),
        eq(ledgerTransactions.sourceId, sourceId),
      ),
    );
  return row?.transactionId ?? null;
}

/** Revenue and tax that go with a disputed part of a payment; taken when it is lost, given back when it is won after all. */
function posting(
  invoice: InvoiceRow,
  dispute: DisputeSnapshot,
  kind: "dispute_lost" | "dispute_won",
  reversesId: string | null,
): Posting {
  const { amountMinor } = dispute;
  const taxMinor = taxIn(amountMinor, invoice);
  const sign = kind === "dispute_lost" ? (amount: typeof taxMinor) => amount : negate;
  const legs = [
    { account: "stripe" as const, amountMinor: sign(amountMinor) },
    { account: "invoice_revenue" as const, amountMinor: sign(negate(subtract(amountMinor, taxMinor))) },
    { account: "tax_payable" as const, amountMinor: sign(negate(taxMinor)) },
  ].filter((leg) => leg.amountMinor !== 0);
  return {
    kind,
    sourceId: dispute.disputeId,
    description: invoice.number,
    metadata: { invoiceId: invoice.invoiceId },
    reversesId,
    legs,
  };
}

const LISTED_AS = { open: "pending", won: "canceled", lost: "succeeded" } as const;

async function apply(tx: Tx, after: AppEvent[], invoice: InvoiceRow, dispute: DisputeSnapshot): Promise<void> {
  if (dispute.state === "inquiry") return;
  const { tenantId, currency } = invoice;
  const payment = await posted(tx, tenantId, "invoice_payment", dispute.paymentIntentId);
  invariant(payment, `${dispute.disputeId} is about a payment that is in the ledger`);
  const lost = await posted(tx, tenantId, "dispute_lost", dispute.disputeId);
  if (dispute.state === "lost" && !lost)
    await postIn(tx, tenantId, currency, [posting(invoice, dispute, "dispute_lost", payment)], { enforceFloor: false });
  if (dispute.state === "won" && lost)
    await postIn(tx, tenantId, currency, [posting(invoice, dispute, "dispute_won", lost)], { enforceFloor: false });
  const status = LISTED_AS[dispute.state];
  const source = { sourceKind: "dispute", sourceId: dispute.disputeId } as const;
  await recordTransaction(tx, {
    ...source,
    tenantId,
    type: "refund",
    status,
    currency,
    amountMinor: negate(dispute.amountMinor),
    feeMinor: ZERO,
    description: invoice.number ? describe("disputedInvoice", invoice.number) : describe("disputed"),
    invoiceId: invoice.invoiceId,
    stripePaymentIntentId: dispute.paymentIntentId as PaymentIntentId,
  });
  await updateTransaction(tx, tenantId, "refund", source, { status });
  if (dispute.state === "won" || (dispute.state === "open" && lost)) return;
  await tell(tx, after, tenantId, `dispute:${dispute.disputeId}:${dispute.state}`, {
    kind: "invoice_disputed",
    params: { ...invoiceParams(invoice), amountMinor: dispute.amountMinor, outcome: dispute.state },
  });
}

/**
 * A dispute of an invoice's payment, or a bank debit that was returned: listed when it is opened, revenue and tax taken when it is
 * lost, given back when it is won after that; in whatever order the events come.
 * @returns the tenant, or null when the payment is no invoice's
 * @throws Stripe's errors
 */
export async function applyInvoiceDispute(dispute: DisputeSnapshot): Promise<TenantId | null> {
  let paid = await paidBy(dispute.paymentIntentId);
  if (!paid) {
    const stripeInvoiceId = await invoiceOfIntent(dispute.paymentIntentId as PaymentIntentId);
    if (!stripeInvoiceId || !(await syncInvoice(stripeInvoiceId))) return null;
    paid = await paidBy(dispute.paymentIntentId);
  }
  if (!paid) return null;
  const { tenantId, invoiceId } = paid;
  const [invoice] = await systemDb()
    .select({ stripeInvoiceId: invoices.stripeInvoiceId })
    .from(invoices)
    .where(eq(invoices.invoiceId, invoiceId as InvoiceRow["invoiceId"]));
  // The dispute may be heard of before the payment succeeded: bring the ledger to the payment first.
  if (invoice?.stripeInvoiceId) await syncInvoice(invoice.stripeInvoiceId);
  const after: AppEvent[] = [];
  await systemDb().transaction(async (tx) => apply(tx, after, await lockInvoice(tx, tenantId, invoiceId), dispute));
  await send(after);
  return tenantId;
}
