import { and, eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { dunningCases } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { lockOpenPayment } from "@/lib/invoices/payment-rows";
import { type InvoiceRow, readInvoice } from "@/lib/invoices/rows";
import { applyInvoice, syncInvoice } from "@/lib/invoices/sync";
import { stripeFailure } from "@/lib/stripe/failures";
import { markUncollectibleAtStripe } from "@/lib/stripe/invoices";
import { endForNonPayment } from "@/lib/subscriptions/end-for-non-payment";
import type { CaseRow } from "./cases";
import { type DueStep, finishStep, putOff } from "./step-rows";

const HOUR_MS = 3_600_000;

const readCase = async ({ tenantId, caseId }: CaseRow): Promise<CaseRow | undefined> => {
  const [row] = await systemDb()
    .select()
    .from(dunningCases)
    .where(and(eq(dunningCases.tenantId, tenantId), eq(dunningCases.caseId, caseId)));
  return row;
};

/** Stripe decides between a payment of the last minute and the end: it gives up only what is open. */
async function giveUp(invoice: InvoiceRow & { stripeInvoiceId: string }): Promise<void> {
  const at = now();
  try {
    await applyInvoice(await markUncollectibleAtStripe(invoice.stripeInvoiceId), at);
  } catch (error) {
    if (stripeFailure(error)?.kind !== "invalid") throw error;
    await syncInvoice(invoice.stripeInvoiceId);
  }
}

/**
 * The grace is over: the invoice is uncollectible and the plan becomes the free one. Each part can be done again after a crash
 * between them. A bank debit that is on its way is waited for.
 */
export async function endGrace({ dunning, step }: DueStep): Promise<void> {
  const { tenantId, invoiceId } = dunning;
  const { stripeInvoiceId } = await readInvoice(systemDb(), tenantId, invoiceId);
  if (!stripeInvoiceId) return;
  await syncInvoice(stripeInvoiceId);
  const invoice = await readInvoice(systemDb(), tenantId, invoiceId);
  // The plan has ended another way meanwhile: the invoice is voided, and the case is over.
  if (invoice.withdrawAt) return;
  const open = await systemDb().transaction((tx) => lockOpenPayment(tx, tenantId, invoiceId));
  if (open && open.state !== "requires_action") return putOff(step, HOUR_MS);
  if (invoice.status === "open") await giveUp({ ...invoice, stripeInvoiceId });
  const ended = (await readCase(dunning))?.state === "ended";
  if (ended && invoice.subscriptionId) {
    try {
      await endForNonPayment(tenantId, invoice.subscriptionId, `dunning:${dunning.caseId}`);
    } catch (error) {
      // Another change is under way, or nobody knows whether this one was made: looked at again soon.
      if (error instanceof AppError) return putOff(step, HOUR_MS / 12);
      throw error;
    }
  }
  if (ended) await systemDb().transaction((tx) => finishStep(tx, step, "ended", null));
}
