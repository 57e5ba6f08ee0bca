import { and, eq, notExists, or, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { dunningCases, invoicePayments, invoices, paymentMethods, subscriptions } from "@/db/schema";
import { AppError } from "@/lib/errors";
import type { InvoiceId, PaymentMethodId, TenantId } from "@/lib/ids";
import { payInvoice } from "@/lib/invoices/pay";
import { log } from "@/lib/log";
import { setSubscriptionMethod } from "@/lib/stripe/subscriptions";

const HARMLESS = [
  "payment_in_progress",
  "invoice_not_open",
  "invalid_request",
  "card_budget_exhausted",
  "recharge_stopped",
  "change_in_progress",
];

/** The next period is paid by what has paid this one, not by the default that has just failed. */
async function keepMethod(tenantId: TenantId, invoiceId: InvoiceId, paymentMethodId: PaymentMethodId): Promise<void> {
  const [row] = await systemDb()
    .select({
      id: subscriptions.stripeSubscriptionId,
      chargedFirst: sql<string | null>`coalesce(${subscriptions.paymentMethodId}, ${paymentMethods.paymentMethodId})`,
    })
    .from(invoices)
    .innerJoin(
      subscriptions,
      and(eq(subscriptions.tenantId, invoices.tenantId), eq(subscriptions.subscriptionId, invoices.subscriptionId)),
    )
    .leftJoin(paymentMethods, and(eq(paymentMethods.tenantId, invoices.tenantId), paymentMethods.isDefault))
    .where(and(eq(invoices.tenantId, tenantId), eq(invoices.invoiceId, invoiceId)));
  if (row?.id && row.chargedFirst !== paymentMethodId) await setSubscriptionMethod(row.id, paymentMethodId);
}

async function retry(tenantId: TenantId, invoiceId: InvoiceId, paymentMethodId: PaymentMethodId): Promise<void> {
  try {
    const payment = await payInvoice({
      tenantId,
      invoiceId,
      paymentMethodId,
      trigger: "method_added",
      requestKey: `method:${invoiceId}:${paymentMethodId}`,
    });
    if (payment.state === "succeeded" || payment.state === "processing")
      await keepMethod(tenantId, invoiceId, paymentMethodId);
  } catch (error) {
    if (!(error instanceof AppError && HARMLESS.includes(error.code))) throw error;
    log().info({ tenantId, invoiceId, reason: error.code }, "what is owed was not retried");
  }
}

/**
 * A method was added or replaced: what is owed is tried by it at once, once per invoice and method. The timetable goes on as it was
 * when that fails.
 */
export async function methodAdded(tenantId: TenantId, paymentMethodId: PaymentMethodId): Promise<void> {
  const owed = await systemDb()
    .select({ invoiceId: dunningCases.invoiceId })
    .from(dunningCases)
    .where(and(eq(dunningCases.tenantId, tenantId), eq(dunningCases.state, "active")));
  for (const { invoiceId } of owed) await retry(tenantId, invoiceId, paymentMethodId);
}

/** Stands behind a lost event: methods that came after the failure and were not tried. @returns how many were tried */
export async function retryNewMethods(limit: number): Promise<number> {
  const tried = systemDb()
    .select({ one: sql`1` })
    .from(invoicePayments)
    .where(
      and(
        eq(invoicePayments.tenantId, dunningCases.tenantId),
        eq(invoicePayments.invoiceId, dunningCases.invoiceId),
        or(
          eq(invoicePayments.paymentMethodId, paymentMethods.paymentMethodId),
          eq(
            invoicePayments.requestKey,
            sql`'method:' || ${dunningCases.invoiceId} || ':' || ${paymentMethods.paymentMethodId}`,
          ),
        ),
      ),
    );
  const untried = await systemDb()
    .select({
      tenantId: dunningCases.tenantId,
      invoiceId: dunningCases.invoiceId,
      paymentMethodId: paymentMethods.paymentMethodId,
    })
    .from(dunningCases)
    .innerJoin(
      paymentMethods,
      and(
        eq(paymentMethods.tenantId, dunningCases.tenantId),
        // Stripe tells seconds.
        sql`${paymentMethods.createdAt} >= date_trunc('second', ${dunningCases.startedAt})`,
        sql`${paymentMethods.removedAt} is null`,
        eq(paymentMethods.status, "active"),
      ),
    )
    .where(and(eq(dunningCases.state, "active"), notExists(tried)))
    .limit(limit);
  for (const { tenantId, invoiceId, paymentMethodId } of untried)
    await retry(tenantId, invoiceId, paymentMethodId).catch((error) =>
      log().warn({ err: error, tenantId, invoiceId }, "what is owed was not retried"),
    );
  return untried.length;
}
