import { asc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries, invoices, transactions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import { invoiceFile } from "@/lib/documents/files";
import { readPdf } from "@/lib/documents/testing";
import { newId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { refundTransaction } from "@/lib/transactions/refund";
import type { Customer } from "@/sandbox/testing/customer";
import { accountsOf, invoiced } from "@/sandbox/testing/invoiced";
import { useWorld } from "@/sandbox/testing/world";
import { changeSubscriptionTerms } from "./change";
import { previewChange } from "./preview";
import { liveSubscription } from "./queries";

// biome-ignore lint/style/noProcessEnv: the configuration is read at first use, after this
process.env.TAX_RATE = "8.250";
useTestDatabase();
const world = useWorld();
beforeEach(() => systemDb().delete(cardTries));

const later = (days: number) => setClockForTests(new Date(now().getTime() + days * 86_400_000));
const charged = async (acme: Customer) => (await acme.paid()).map(({ amount }) => amount).reverse();
const invoicesOf = (acme: Customer) =>
  systemDb().select().from(invoices).where(eq(invoices.tenantId, acme.tenantId)).orderBy(asc(invoices.createdAt));

async function subscriber(currency: string, trialDays: number | null = 0): Promise<Customer> {
  const acme = await invoiced(world, currency);
  await acme.card("pm_card_visa");
  await acme.subscribe({ trialDays });
  await world.drain();
  return acme;
}

// 8.25 % of 29.00 is 2.3925, of ¥4,300 it is 354.75.
test.each([
  ["USD", 2_900, 239, "$31.39"],
  ["JPY", 4_300, 355, "¥4,655"],
])("in %s the tax is on top of the plan, in the ledger and on the invoice", async (currency, net, tax, total) => {
  const acme = await subscriber(currency);
  expect(await charged(acme)).toEqual([net + tax]);
  const [invoice] = await invoicesOf(acme);
  expect(invoice).toMatchObject({ subtotalMinor: net, taxMinor: tax, taxRate: "8.2500", totalMinor: net + tax });
  expect(await accountsOf(acme)).toEqual({ stripe: -(net + tax), invoice_revenue: net, tax_payable: tax });
  const { text } = await readPdf((await invoiceFile(acme.scope, String(invoice?.invoiceId))).content);
  expect(text).toMatch(/^Tax \(8\.25%\) /m);
  expect(text).toContain(`Total (${currency}) ${total}`);
  expect((await world.stripeSdk.taxRates.list({ limit: 10 })).data.map(({ percentage }) => percentage)).toEqual([8.25]);
});

test("what a preview says of the tax is what is charged: at the end of a trial, at an upgrade, at the renewal", async () => {
  const acme = await invoiced(world);
  await acme.card("pm_card_mastercard");
  const free = await liveSubscription(acme.scope);
  const offered = await previewChange(acme.scope, free.subscriptionId, {
    plan: "starter",
    coupon: null,
    prorationAt: null,
  });
  expect(offered).toMatchObject({ dueNowMinor: 0, taxMinor: 0, next: { amountMinor: 3_139 } });
  const { subscriptionId } = await acme.subscribe({ trialDays: null });
  await world.pass(15 * 1_440, 360);
  expect(await charged(acme)).toEqual([3_139]);
  later(10);
  const quote = await previewChange(acme.scope, subscriptionId, {
    plan: "professional",
    coupon: null,
    prorationAt: null,
  });
  const sum = quote.lines.reduce((total, { amountMinor }) => total + amountMinor, 0);
  expect(quote.taxMinor).toBeGreaterThan(0);
  expect(quote.dueNowMinor).toBe(sum + quote.taxMinor);
  expect(quote.next?.amountMinor).toBe(10_717);
  await changeSubscriptionTerms(acme.scope, subscriptionId, {
    plan: "professional",
    prorationAt: quote.prorationAt,
    expectedMinor: quote.dueNowMinor,
    requestKey: newId(),
  });
  expect(await charged(acme)).toEqual([3_139, quote.dueNowMinor]);
  await world.pass(21 * 1_440, 720);
  expect(await charged(acme)).toEqual([3_139, quote.dueNowMinor, 10_717]);
  const yearly = await previewChange(acme.scope, subscriptionId, { cycle: "yearly", coupon: null, prorationAt: null });
  expect(yearly.next?.amountMinor).toBe(107_168);
});

test("given back in parts, the tax goes back with them to the last cent", async () => {
  const acme = await subscriber("USD");
  const [payment] = await systemDb().select().from(transactions).where(eq(transactions.tenantId, acme.tenantId));
  for (const amount of [1_000, 1_000, null]) {
    const amountMinor = amount === null ? null : toMinor(amount);
    await refundTransaction(acme.scope, String(payment?.transactionId), {
      amountMinor,
      reason: null,
      requestKey: newId(),
    });
  }
  expect(await accountsOf(acme)).toEqual({ stripe: 0, invoice_revenue: 0, tax_payable: 0 });
});
