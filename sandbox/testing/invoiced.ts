import { asc, eq, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { ledgerEntries, subscriptions, tenants, transactions } from "@/db/schema";
import { setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { createDraft } from "@/lib/invoices/drafts";
import { finalizeInvoice } from "@/lib/invoices/finalize";
import { payByCustomer } from "@/lib/invoices/pay-by-customer";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import type { Customer } from "./customer";
import type { World } from "./world";

/** A customer with an empty balance, in a currency. */
export async function invoiced(world: World, currency = "USD"): Promise<Customer> {
  setClockForTests("2027-03-01T09:00:00Z");
  const acme = await world.customer(0);
  if (currency !== "USD") {
    await systemDb()
      .update(tenants)
      .set({ currency: toCurrency(currency) })
      .where(eq(tenants.tenantId, acme.tenantId));
    await systemDb()
      .update(subscriptions)
      .set({ currency: toCurrency(currency) })
      .where(eq(subscriptions.tenantId, acme.tenantId));
    await systemDb().execute(sql`update ledger_accounts set currency = ${currency} where tenant_id = ${acme.tenantId}`);
  }
  return acme;
}

export const line = (unitMinor: number, quantity = "1") => ({
  description: "Workshop",
  quantity,
  unitMinor: toMinor(unitMinor),
});

/** A final invoice of one line, written by hand. */
export async function openInvoice(world: World, acme: Customer, unitMinor = 10_000, quantity = "1"): Promise<string> {
  const draft = await createDraft(acme.scope, { lines: [line(unitMinor, quantity)], dueAt: null, memo: null }, newId());
  await finalizeInvoice(acme.tenantId, draft.invoiceId);
  await world.drain();
  return draft.invoiceId;
}

export const pay = (acme: Customer, invoiceId: string, requestKey = newId()) =>
  payByCustomer(acme.scope, invoiceId, { paymentMethodId: null, requestKey });

/** The ledger's accounts, by name. */
export async function accountsOf(acme: Customer): Promise<Record<string, number>> {
  const rows = await systemDb()
    .select({ account: ledgerEntries.account, sum: sql<string>`sum(${ledgerEntries.amountMinor})` })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.tenantId, acme.tenantId))
    .groupBy(ledgerEntries.account);
  return Object.fromEntries(rows.map(({ account, sum }) => [account, Number(sum)]));
}

/** The list of transactions, oldest first. */
export const listedOf = (acme: Customer) =>
  systemDb()
    .select({ type: transactions.type, status: transactions.status, amount: transactions.amountMinor })
    .from(transactions)
    .where(eq(transactions.tenantId, acme.tenantId))
    .orderBy(asc(transactions.number));
