import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { invoices, refunds, transactions } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { isId, type TenantId, type TransactionId } from "@/lib/ids";
import type { Leg, Posting } from "@/lib/ledger/types";
import { type Minor, negate, subtract } from "@/lib/money/minor";
import { divideHalfUp } from "@/lib/money/rounding";
import { type RefundSplit, splitRefund } from "./refund-split";

export type RefundRow = typeof refunds.$inferSelect;
export type TransactionRow = typeof transactions.$inferSelect;

/** The payment, locked: what was given back of it is read and raised as one. @throws AppError not_found */
export async function lockPayment(tx: Tx, tenantId: TenantId, transactionId: string): Promise<TransactionRow> {
  if (!isId(transactionId)) throw new AppError("not_found");
  const [row] = await tx
    .select()
    .from(transactions)
    .where(and(eq(transactions.tenantId, tenantId), eq(transactions.transactionId, transactionId as TransactionId)))
    .for("update");
  if (!row) throw new AppError("not_found");
  return row;
}

export async function lockRefund(tx: Tx, tenantId: TenantId, refundId: string): Promise<RefundRow> {
  const [row] = await tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.tenantId, tenantId), eq(refunds.refundId, refundId)))
    .for("update");
  if (!row) throw new AppError("not_found");
  return row;
}

/** The tax in what is given back of an invoice, in proportion and exact over all parts. */
async function taxOf(tx: Tx, payment: TransactionRow, amountMinor: Minor): Promise<Minor> {
  if (!payment.invoiceId) return 0 as Minor;
  const [invoice] = await tx
    .select({ taxMinor: invoices.taxMinor, totalMinor: invoices.totalMinor })
    .from(invoices)
    .where(and(eq(invoices.tenantId, payment.tenantId), eq(invoices.invoiceId, payment.invoiceId)));
  if (!invoice || invoice.totalMinor === 0) return 0 as Minor;
  const upTo = (minor: number) => divideHalfUp(BigInt(invoice.taxMinor) * BigInt(minor), BigInt(invoice.totalMinor));
  return subtract(upTo(payment.refundedMinor + amountMinor), upTo(payment.refundedMinor));
}

/** What the ledger says when a part of a payment goes back: out of the balance or the revenue, the fee and the tax. */
export async function refundPosting(
  tx: Tx,
  payment: TransactionRow,
  refundId: string,
  split: RefundSplit,
): Promise<Posting> {
  const taxMinor = await taxOf(tx, payment, split.amountMinor);
  const legs: Leg[] = [
    { account: "stripe", amountMinor: split.amountMinor },
    {
      account: payment.sourceKind === "recharge" ? "prepaid" : "invoice_revenue",
      amountMinor: negate(subtract(split.principalMinor, taxMinor)),
    },
    { account: "tax_payable", amountMinor: negate(taxMinor) },
    { account: "fee_revenue", amountMinor: negate(split.feeMinor) },
  ];
  return {
    kind: "refund",
    sourceId: refundId,
    description: payment.number,
    metadata: { transactionId: payment.transactionId, feeMinor: String(split.feeMinor) },
    legs: legs.filter((leg) => leg.amountMinor !== 0),
  };
}

/** @see splitRefund */
export const splitOf = (payment: TransactionRow, amountMinor: Minor): RefundSplit => splitRefund(payment, amountMinor);
