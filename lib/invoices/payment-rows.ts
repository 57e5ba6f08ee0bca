import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { invoicePayments } from "@/db/schema";
import type { TenantId } from "@/lib/ids";

export type PaymentRow = typeof invoicePayments.$inferSelect;

/** States in which a payment holds the one open place of its invoice. */
export const OPEN_PAYMENTS = ["started", "processing", "requires_action", "unknown"] as const;
export const isUnderWay = (state: PaymentRow["state"]): boolean => OPEN_PAYMENTS.some((open) => open === state);

export const isPayment = (row: Pick<PaymentRow, "tenantId" | "paymentId">) =>
  and(eq(invoicePayments.tenantId, row.tenantId), eq(invoicePayments.paymentId, row.paymentId));

/** The payment of an invoice that has not come to its end, locked; null: there is none. */
export async function lockOpenPayment(tx: Tx, tenantId: TenantId, invoiceId: string): Promise<PaymentRow | null> {
  const [row] = await tx
    .select()
    .from(invoicePayments)
    .where(
      and(
        eq(invoicePayments.tenantId, tenantId),
        eq(invoicePayments.invoiceId, invoiceId as PaymentRow["invoiceId"]),
        inArray(invoicePayments.state, [...OPEN_PAYMENTS]),
      ),
    )
    .for("update");
  return row ?? null;
}
