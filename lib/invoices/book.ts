import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { ledgerTransactions } from "@/db/schema";
import type { TransactionStatus } from "@/db/schema/transactions";
import { postIn } from "@/lib/ledger/post";
import { type Minor, negate, subtract, ZERO } from "@/lib/money/minor";
import { divideHalfUp } from "@/lib/money/rounding";
import type { InvoiceSnapshot, InvoiceSnapshotPayment } from "@/lib/stripe/invoice";
import { describe } from "@/lib/transactions/descriptions";
import { recordTransaction, updateTransaction } from "@/lib/transactions/record";
import type { InvoiceRow } from "./rows";

/** What was declined stays declined, also when Stripe then gives the intent up with its invoice. */
function statusOf(payment: InvoiceSnapshotPayment): TransactionStatus {
  if (payment.status === "succeeded") return "succeeded";
  if (payment.status === "canceled") return payment.error ? "failed" : "canceled";
  return payment.status === "requires_payment_method" ? "failed" : "pending";
}

/** The tax in a payment, in proportion: exact over the whole when the invoice is paid at once. */
export const taxIn = (amountMinor: Minor, invoice: Pick<InvoiceRow, "taxMinor" | "totalMinor">): Minor =>
  invoice.totalMinor === 0
    ? ZERO
    : divideHalfUp(BigInt(invoice.taxMinor) * BigInt(amountMinor), BigInt(invoice.totalMinor));

async function isBooked(tx: Tx, invoice: InvoiceRow, payment: InvoiceSnapshotPayment): Promise<boolean> {
  const count = await tx.$count(
    ledgerTransactions,
    and(
      eq(ledgerTransactions.tenantId, invoice.tenantId),
      eq(ledgerTransactions.kind, "invoice_payment"),
      eq(ledgerTransactions.sourceId, payment.paymentIntentId),
    ),
  );
  return count > 0;
}

/**
 * Books what an invoice's payment intents came to: revenue and tax in the ledger once per intent, and one line each in the list of
 * transactions, whatever they are told of and how often.
 */
export async function bookPayments(tx: Tx, invoice: InvoiceRow, said: InvoiceSnapshot): Promise<void> {
  for (const payment of said.payments) {
    const status = statusOf(payment);
    // An intent that nobody has tried to pay yet is no movement of money.
    const untried = payment.status === "requires_payment_method" && !payment.error;
    if (untried || payment.status === "requires_confirmation" || payment.amountMinor === 0) continue;
    const source = { sourceKind: "invoice", sourceId: payment.paymentIntentId } as const;
    const change = { status, stripePaymentIntentId: payment.paymentIntentId };
    // Nor is one that ended with its invoice before anybody had; what was on its way is listed, and ends there.
    if (payment.status === "canceled" && !payment.error) {
      await updateTransaction(tx, invoice.tenantId, "payment", source, change);
      continue;
    }
    if (payment.status === "succeeded" && !(await isBooked(tx, invoice, payment))) {
      const taxMinor = taxIn(payment.amountMinor, invoice);
      const legs = [
        { account: "stripe" as const, amountMinor: negate(payment.amountMinor) },
        { account: "invoice_revenue" as const, amountMinor: subtract(payment.amountMinor, taxMinor) },
        { account: "tax_payable" as const, amountMinor: taxMinor },
      ];
      await postIn(
        tx,
        invoice.tenantId,
        invoice.currency,
        [
          {
            kind: "invoice_payment",
            sourceId: payment.paymentIntentId,
            description: invoice.number,
            metadata: { invoiceId: invoice.invoiceId },
            legs: legs.filter((leg) => leg.amountMinor !== 0),
          },
        ],
        { enforceFloor: false },
      );
    }
    await recordTransaction(tx, {
      ...source,
      tenantId: invoice.tenantId,
      type: "payment",
      status,
      currency: invoice.currency,
      amountMinor: payment.amountMinor,
      feeMinor: ZERO,
      description: describe("invoice", invoice.number ?? ""),
      invoiceId: invoice.invoiceId,
      stripePaymentIntentId: payment.paymentIntentId,
    });
    await updateTransaction(tx, invoice.tenantId, "payment", source, change);
  }
}
