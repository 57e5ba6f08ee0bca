import { and, desc, eq, inArray } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { invoicePayments } from "@/db/schema";
import { now } from "@/lib/clock";
import { log } from "@/lib/log";
import { returnToBudget } from "@/lib/payment-methods/card-budget";
import { FAILURES_UNTIL_PAUSE, type Failure, isHardDecline, retryAfter } from "@/lib/recharge/declines";
import { type CollectOutcome, NEEDS_CUSTOMER } from "@/lib/stripe/collect-invoice";
import { isPayment, isUnderWay, type PaymentRow } from "./payment-rows";
import { type InvoiceRow, lockInvoice } from "./rows";
import { updatePayment } from "./settle-payments";
import { applyInvoice, syncInvoice } from "./sync";

/** After this long an unknown outcome is asked about again. */
const ASK_AGAIN_MS = 60_000;
/** So long a payment waits for its customer; the invoice's own page pays it afterwards. */
const WAITS_MS = 24 * 3_600_000;

type Declined = Extract<CollectOutcome, { kind: "declined" }>;

const after = (ms: number) => new Date(now().getTime() + ms);

/** When a customer's try that the bank declined for a while is repeated: after 1 h and 2 h, three tries in all. */
async function retryAt(tx: Tx, invoice: InvoiceRow, payment: PaymentRow, failure: Failure): Promise<Date | null> {
  const repeatable = payment.trigger === "customer" || payment.trigger === "retry";
  if (!repeatable || invoice.chargesAutomatically || isHardDecline(failure)) return null;
  const last = await tx
    .select({ trigger: invoicePayments.trigger })
    .from(invoicePayments)
    .where(
      and(
        eq(invoicePayments.tenantId, payment.tenantId),
        eq(invoicePayments.invoiceId, payment.invoiceId),
        inArray(invoicePayments.trigger, ["customer", "retry"]),
      ),
    )
    .orderBy(desc(invoicePayments.createdAt), desc(invoicePayments.paymentId))
    .limit(FAILURES_UNTIL_PAUSE);
  const sinceCustomer = last.findIndex(({ trigger }) => trigger === "customer") + 1;
  return sinceCustomer > 0 && sinceCustomer < FAILURES_UNTIL_PAUSE ? retryAfter(sinceCustomer, now()) : null;
}

async function decline(tx: Tx, invoice: InvoiceRow, payment: PaymentRow, said: Declined): Promise<void> {
  const needsCustomer = said.code === NEEDS_CUSTOMER || said.code === "authentication_required";
  const stripePaymentIntentId = said.paymentIntentId ?? payment.stripePaymentIntentId;
  if (needsCustomer && payment.trigger === "customer") {
    await updatePayment(tx, payment, { state: "requires_action", stripePaymentIntentId, leaseUntil: after(WAITS_MS) });
    return;
  }
  await updatePayment(tx, payment, {
    state: "failed",
    stripePaymentIntentId,
    failureCode: needsCustomer ? "authentication_required" : said.code,
    declineCode: said.declineCode,
    failureMessage: said.message,
    completedAt: now(),
    retryAt: needsCustomer ? null : await retryAt(tx, invoice, payment, said),
  });
}

/** No card was asked: it does not count against the card's budget. */
async function refused(tx: Tx, payment: PaymentRow, code: string, message: string): Promise<void> {
  await updatePayment(tx, payment, {
    state: "failed",
    failureCode: code,
    failureMessage: message,
    completedAt: now(),
  });
  await returnToBudget(tx, payment.tenantId, payment.paymentId);
}

/**
 * The invoice as Stripe has it now, money and all; when it cannot be asked, as it answered.
 * @returns whether it was fetched
 */
async function bringInvoice(stripeInvoiceId: string, outcome: CollectOutcome, askedAt: Date): Promise<boolean> {
  try {
    await syncInvoice(stripeInvoiceId);
    return true;
  } catch (error) {
    if (outcome.kind === "invoice") await applyInvoice(outcome.invoice, askedAt);
    else log().warn({ err: error, stripeInvoiceId }, "an invoice could not be fetched; its webhook brings it");
    return false;
  }
}

/**
 * Records what became of a payment: the same for the answer and the resolver, in any order with the webhooks, which settle it by
 * {@link syncInvoice}.
 * @param askedAt when Stripe was asked
 * @returns the payment as it is now
 */
export async function recordPayment(
  payment: PaymentRow,
  stripeInvoiceId: string,
  outcome: CollectOutcome,
  askedAt: Date,
): Promise<PaymentRow> {
  // An error that Stripe has stored under the key: it is done with the request, and the invoice says what came of it.
  const isOver = outcome.kind !== "unknown" || outcome.replayed;
  const isFetched = isOver && (await bringInvoice(stripeInvoiceId, outcome, askedAt));
  return systemDb().transaction(async (tx) => {
    const invoice = await lockInvoice(tx, payment.tenantId, payment.invoiceId);
    const [row = payment] = await tx.select().from(invoicePayments).where(isPayment(payment)).for("update");
    if (!isUnderWay(row.state)) return row;
    switch (outcome.kind) {
      case "declined":
        await decline(tx, invoice, row, outcome);
        break;
      case "refused":
        await refused(tx, row, invoice.status === "open" ? outcome.code : "invoice_not_open", outcome.message);
        break;
      case "unknown":
        if (isFetched && row.state !== "processing") await refused(tx, row, "stripe_error", outcome.message);
        else if (row.state !== "processing")
          await updatePayment(tx, row, { state: "unknown", leaseUntil: after(ASK_AGAIN_MS) });
        break;
      default:
        // Open, and nothing under way: the next look tells.
        if (row.state === "started")
          await updatePayment(tx, row, { state: "unknown", leaseUntil: after(ASK_AGAIN_MS) });
    }
    return row;
  });
}

/** A payment that never reached Stripe, or that nobody finished. */
export async function abandonPayment(payment: PaymentRow, code: string): Promise<PaymentRow> {
  return systemDb().transaction(async (tx) => {
    await lockInvoice(tx, payment.tenantId, payment.invoiceId);
    const [row = payment] = await tx.select().from(invoicePayments).where(isPayment(payment)).for("update");
    if (isUnderWay(row.state)) await refused(tx, row, code, "was not carried out");
    return row;
  });
}
