import { systemDb } from "@/db/client";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { stripeFailure } from "@/lib/stripe/failures";
import type { InvoiceSnapshot } from "@/lib/stripe/invoice";
import { markUncollectibleAtStripe, voidInvoiceAtStripe } from "@/lib/stripe/invoices";
import { lockOpenPayment } from "./payment-rows";
import { getInvoice, type InvoiceDetail } from "./queries";
import { refuseInvoice } from "./refusals";
import { type InvoiceRow, readInvoice } from "./rows";
import { applyInvoice, syncInvoice } from "./sync";

/** @throws AppError payment_in_progress while money may be on its way */
async function checkNothingUnderWay(row: InvoiceRow): Promise<void> {
  const open = await systemDb().transaction((tx) => lockOpenPayment(tx, row.tenantId, row.invoiceId));
  if (open && open.state !== "requires_action") throw new AppError("payment_in_progress");
}

/** Closes it at Stripe, which decides; a status that was out of date here is brought up to date and told. */
async function close(
  scope: TenantScope,
  invoiceId: string,
  to: InvoiceRow["status"],
  from: readonly InvoiceRow["status"][],
  atStripe: (stripeInvoiceId: string) => Promise<InvoiceSnapshot>,
): Promise<InvoiceDetail> {
  const row = await readInvoice(systemDb(), scope.tenantId, invoiceId);
  if (row.status === to) return getInvoice(scope, invoiceId);
  if (!from.includes(row.status) || !row.stripeInvoiceId)
    throw new AppError("invoice_not_open", `the invoice is ${row.status}`);
  await checkNothingUnderWay(row);
  const at = now();
  try {
    await applyInvoice(await atStripe(row.stripeInvoiceId), at);
  } catch (error) {
    if (stripeFailure(error)?.kind !== "invalid") return refuseInvoice(error);
    await syncInvoice(row.stripeInvoiceId).catch(refuseInvoice);
  }
  // Stripe may have taken another way of closing it right after this one: what is answered is what it came to.
  const closed = await getInvoice(scope, invoiceId);
  if (closed.status !== to) throw new AppError("invoice_not_open", `the invoice is ${closed.status}`);
  return closed;
}

/**
 * Takes an invoice back: nobody has to pay it, its number stays. Again changes nothing.
 * @returns it, void
 * @throws AppError not_found · invoice_not_open · payment_in_progress · stripe_unavailable
 */
export const voidInvoice = (scope: TenantScope, invoiceId: string): Promise<InvoiceDetail> =>
  close(scope, invoiceId, "void", ["open", "uncollectible"], voidInvoiceAtStripe);

/**
 * Gives an invoice up; it can still be paid. Again changes nothing.
 * @returns it, uncollectible
 * @throws AppError not_found · invoice_not_open · payment_in_progress · stripe_unavailable
 */
export const markUncollectible = (scope: TenantScope, invoiceId: string): Promise<InvoiceDetail> =>
  close(scope, invoiceId, "uncollectible", ["open"], markUncollectibleAtStripe);
