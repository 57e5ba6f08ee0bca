import { and, eq, isNotNull } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { invoicePayments, rechargeBrakes } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError, invariant } from "@/lib/errors";
import { newId, type PaymentMethodId, type TenantId } from "@/lib/ids";
import { subtract } from "@/lib/money/minor";
import { takeFromBudget } from "@/lib/payment-methods/card-budget";
import { LEASE_MS } from "@/lib/recharge/claim";
import { collectInvoice } from "@/lib/stripe/collect-invoice";
import { methodToPayBy } from "./choose-method";
import { lockOpenPayment, type PaymentRow } from "./payment-rows";
import { recordPayment } from "./record-payment";
import { type InvoiceRow, lockInvoice, readInvoice } from "./rows";
import { updatePayment } from "./settle-payments";
import { checkDelivered } from "./undelivered";

export type PayInput = {
  tenantId: TenantId;
  invoiceId: string;
  /** Null: the subscription's, else the default. */
  paymentMethodId: PaymentMethodId | null;
  trigger: PaymentRow["trigger"];
  /** Unique per wish and tenant: asking again answers the same payment. */
  requestKey: string | null;
};

/** A customer is there and can be asked by the bank; jobs charge without. */
const isOnSession = (trigger: PaymentRow["trigger"]) => trigger === "customer";

async function knownPayment(tx: Tx, input: PayInput): Promise<PaymentRow | null> {
  if (!input.requestKey) return null;
  const [row] = await tx
    .select()
    .from(invoicePayments)
    .where(and(eq(invoicePayments.tenantId, input.tenantId), eq(invoicePayments.requestKey, input.requestKey)));
  return row ?? null;
}

/** What waits for the customer's bank gives way to a new try: it is the same payment at Stripe, and cannot be paid twice. */
async function makeRoom(tx: Tx, invoice: InvoiceRow): Promise<void> {
  const open = await lockOpenPayment(tx, invoice.tenantId, invoice.invoiceId);
  if (open && open.state !== "requires_action") throw new AppError("payment_in_progress");
  if (open)
    await updatePayment(tx, open, { state: "failed", failureCode: "authentication_required", completedAt: now() });
  await tx
    .update(invoicePayments)
    .set({ retryAt: null })
    .where(
      and(
        eq(invoicePayments.tenantId, invoice.tenantId),
        eq(invoicePayments.invoiceId, invoice.invoiceId),
        isNotNull(invoicePayments.retryAt),
      ),
    );
}

/** @throws AppError recharge_stopped when the operator holds everything that charges by itself */
async function checkBrakes(tx: Tx, trigger: PaymentRow["trigger"]): Promise<void> {
  if (isOnSession(trigger)) return;
  const [brakes] = await tx.select().from(rechargeBrakes).where(eq(rechargeBrakes.id, 1));
  if (brakes?.stopAll || brakes?.dryRun) throw new AppError("recharge_stopped");
}

/** The row, before Stripe is asked: its id is the idempotency key, and an invoice has one open payment at most. */
async function claim(input: PayInput): Promise<{ payment: PaymentRow; isNew: boolean }> {
  return systemDb().transaction(async (tx) => {
    const invoice = await lockInvoice(tx, input.tenantId, input.invoiceId);
    const known = await knownPayment(tx, input);
    if (known) return { payment: known, isNew: false };
    if (invoice.status !== "open" && invoice.status !== "uncollectible")
      throw new AppError("invoice_not_open", `the invoice is ${invoice.status}`);
    await checkDelivered(tx, invoice);
    await checkBrakes(tx, input.trigger);
    await makeRoom(tx, invoice);
    const paymentMethodId = await methodToPayBy(tx, invoice, input.paymentMethodId);
    const paymentId = newId();
    const { fingerprint } = await takeFromBudget(tx, {
      tenantId: input.tenantId,
      paymentMethodId,
      tryId: paymentId,
      purpose: "invoice",
    });
    const at = now();
    const [payment] = await tx
      .insert(invoicePayments)
      .values({
        tenantId: input.tenantId,
        paymentId,
        invoiceId: invoice.invoiceId,
        state: "started",
        trigger: input.trigger,
        currency: invoice.currency,
        amountMinor: subtract(invoice.amountDueMinor, invoice.amountPaidMinor),
        paymentMethodId,
        fingerprint,
        requestKey: input.requestKey,
        createdAt: at,
        leaseUntil: new Date(at.getTime() + LEASE_MS),
      })
      .returning();
    invariant(payment, "the payment was written");
    return { payment, isNew: true };
  });
}

/** Asks Stripe for the money of a payment whose row is written, and records what it says. */
export async function executePayment(payment: PaymentRow): Promise<PaymentRow> {
  const invoice = await readInvoice(systemDb(), payment.tenantId, payment.invoiceId);
  invariant(invoice.stripeInvoiceId && payment.paymentMethodId, "an open invoice is at Stripe, a payment has a method");
  const askedAt = now();
  const outcome = await collectInvoice({
    stripeInvoiceId: invoice.stripeInvoiceId,
    paymentId: payment.paymentId,
    paymentMethodId: payment.paymentMethodId,
    onSession: isOnSession(payment.trigger),
  });
  return recordPayment(payment, invoice.stripeInvoiceId, outcome, askedAt);
}

/**
 * Pays an open invoice by a saved method. Declines come back in the payment's row; what is not known stays `unknown` until Stripe was
 * asked; `requires_action` is finished in the browser.
 * @throws AppError not_found · invoice_not_open · payment_in_progress · no_payment_method · invalid_request ·
 * card_budget_exhausted · recharge_stopped · change_in_progress (its subscription is being ended)
 */
export async function payInvoice(input: PayInput): Promise<PaymentRow> {
  const { payment, isNew } = await claim(input);
  return isNew ? executePayment(payment) : payment;
}
