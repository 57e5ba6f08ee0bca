import { and, eq, gt, isNotNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { invoicePayments, rechargeRules, subscriptions } from "@/db/schema";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import type { PaymentMethodId, TenantId } from "@/lib/ids";
import { readMethods } from "@/lib/payment-methods/queries";
import { unknownMethod } from "@/lib/payment-methods/refusals";
import { isUsable } from "@/lib/payment-methods/rules";
import type { PaymentMethod } from "@/lib/payment-methods/types";
import { CARD_BUDGET_DAYS, isHardDecline } from "@/lib/recharge/declines";
import type { InvoiceRow } from "./rows";

const DAY_MS = 86_400_000;

/** Cards that a bank declined for good: they must not be asked again by themselves. */
async function refusedForGood(tx: Tx, tenantId: TenantId): Promise<Set<string>> {
  const since = new Date(now().getTime() - CARD_BUDGET_DAYS * DAY_MS);
  const failed = await tx
    .select({
      fingerprint: invoicePayments.fingerprint,
      code: invoicePayments.failureCode,
      declineCode: invoicePayments.declineCode,
    })
    .from(invoicePayments)
    .where(
      and(
        eq(invoicePayments.tenantId, tenantId),
        eq(invoicePayments.state, "failed"),
        isNotNull(invoicePayments.fingerprint),
        gt(invoicePayments.createdAt, since),
      ),
    );
  const [rule] = await tx
    .select({ blocked: rechargeRules.blockedFingerprint })
    .from(rechargeRules)
    .where(eq(rechargeRules.tenantId, tenantId));
  const refused = failed.filter(({ code, declineCode }) =>
    isHardDecline({ code: code ?? "", declineCode, adviceCode: null }),
  );
  return new Set([...refused.map((one) => one.fingerprint), rule?.blocked].filter((one) => one != null));
}

async function subscriptionMethod(tx: Tx, { tenantId, subscriptionId }: InvoiceRow): Promise<PaymentMethodId | null> {
  if (!subscriptionId) return null;
  const [row] = await tx
    .select({ paymentMethodId: subscriptions.paymentMethodId })
    .from(subscriptions)
    .where(and(eq(subscriptions.tenantId, tenantId), eq(subscriptions.subscriptionId, subscriptionId)));
  return row?.paymentMethodId ?? null;
}

const usableOf = async (tx: Tx, tenantId: TenantId): Promise<PaymentMethod[]> =>
  (await readMethods(tx, tenantId)).filter((method) => isUsable({ ...method, status: method.status }, now()));

/** In which order an invoice is charged: what the subscription is paid by, else the default; then the backup, else the default. */
async function inOrder(tx: Tx, invoice: InvoiceRow, methods: PaymentMethod[]): Promise<PaymentMethod[]> {
  const own = await subscriptionMethod(tx, invoice);
  const find = (is: (method: PaymentMethod) => boolean) => methods.find(is);
  const standard = find((method) => method.isDefault);
  const order = [find((method) => method.paymentMethodId === own), find((method) => method.isBackup), standard];
  const first = order[0] ?? standard;
  return [...new Set([first, order[1], order[2]])].filter((method) => method !== undefined);
}

/** The methods that an automatic try may ask, the first one first; two at most. */
export async function methodsToTry(tx: Tx, invoice: InvoiceRow): Promise<PaymentMethodId[]> {
  const refused = await refusedForGood(tx, invoice.tenantId);
  const methods = (await usableOf(tx, invoice.tenantId)).filter(
    ({ fingerprint }) => fingerprint === null || !refused.has(fingerprint),
  );
  return (await inOrder(tx, invoice, methods)).slice(0, 2).map((method) => method.paymentMethodId);
}

/** The method that a person pays by. @throws AppError not_found · invalid_request (it cannot be charged) · no_payment_method */
export async function methodToPayBy(
  tx: Tx,
  invoice: InvoiceRow,
  asked: PaymentMethodId | null,
): Promise<PaymentMethodId> {
  if (!asked) {
    const [first] = await inOrder(tx, invoice, await usableOf(tx, invoice.tenantId));
    if (!first) throw new AppError("no_payment_method");
    return first.paymentMethodId;
  }
  const method = (await readMethods(tx, invoice.tenantId)).find((one) => one.paymentMethodId === asked);
  if (!method) throw unknownMethod();
  if (!isUsable(method, now())) throw invalid("paymentMethodId", `cannot be charged: its status is ${method.status}`);
  return asked;
}
