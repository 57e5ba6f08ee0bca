import { asc, desc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries, invoices, transactions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { invoiceFile } from "@/lib/documents/files";
import { readPdf } from "@/lib/documents/testing";
import { newId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { exportCsv } from "@/lib/transactions/export/csv";
import { rowsOfCsv } from "@/lib/transactions/export/testing";
import { refundTransaction } from "@/lib/transactions/refund";
import type { Customer } from "@/sandbox/testing/customer";
import { accountsOf, invoiced } from "@/sandbox/testing/invoiced";
import { useWorld } from "@/sandbox/testing/world";
import { changeSubscriptionTerms } from "./change";
import { type ChangePreview, previewChange } from "./preview";

useTestDatabase();
const world = useWorld();
beforeEach(() => systemDb().delete(cardTries));

/** On Starter since 1 April; then on Professional at the price that was shown. */
async function upgraded(code: string, at: string): Promise<{ acme: Customer; quote: ChangePreview }> {
  const acme = await invoiced(world, code);
  await acme.card("pm_card_visa");
  setClockForTests("2027-04-01T09:00:00Z");
  const { subscriptionId } = await acme.subscribe();
  await world.drain();
  setClockForTests(at);
  const wish = { plan: "professional" };
  const quote = await previewChange(acme.scope, subscriptionId, { ...wish, coupon: null, prorationAt: null });
  await changeSubscriptionTerms(acme.scope, subscriptionId, {
    ...wish,
    prorationAt: quote.prorationAt,
    expectedMinor: quote.dueNowMinor,
    requestKey: newId(),
  });
  await world.drain();
  return { acme, quote };
}

async function secondInvoiceOf({ tenantId }: Customer) {
  const [, second] = await systemDb()
    .select()
    .from(invoices)
    .where(eq(invoices.tenantId, tenantId))
    .orderBy(asc(invoices.number));
  return second;
}

type Story = { code: string; starter: number; upgrade: number; part: number; exported: string[]; printed: string[] };

// Half of a month is left at the upgrade: half of the dearer plan less half of the other.
test.each<Story>([
  {
    code: "JPY",
    starter: 4_300,
    upgrade: 5_250,
    part: 1_001,
    exported: ["-4249", "-1001", "5250", "4300"],
    printed: ["-¥2,150", "¥7,400", "¥5,250"],
  },
  {
    code: "USD",
    starter: 2_900,
    upgrade: 3_500,
    part: 1_001,
    exported: ["-24.99", "-10.01", "35.00", "29.00"],
    printed: ["-$14.50", "$49.50", "$35.00"],
  },
  {
    code: "KWD",
    starter: 9_000,
    upgrade: 10_500,
    part: 1_010,
    exported: ["-9.490", "-1.010", "10.500", "9.000"],
    printed: ["-KWD 4.500", "KWD 15.000", "KWD 10.500"],
  },
])("a subscription in $code: bought, upgraded, given back, exported, printed", async (story) => {
  const { acme, quote } = await upgraded(story.code, "2027-04-16T09:00:00Z");
  expect(quote).toMatchObject({ taxMinor: 0, discountMinor: 0, dueNowMinor: story.upgrade });
  expect((await acme.paid()).map(({ amount }) => amount)).toEqual([story.upgrade, story.starter]);

  const [payment] = await systemDb()
    .select()
    .from(transactions)
    .where(eq(transactions.tenantId, acme.tenantId))
    .orderBy(desc(transactions.number));
  for (const amountMinor of [toMinor(story.part), null])
    await refundTransaction(acme.scope, String(payment?.transactionId), {
      amountMinor,
      reason: null,
      requestKey: newId(),
    });
  await world.drain();
  expect(await accountsOf(acme)).toEqual({ stripe: -story.starter, invoice_revenue: story.starter });
  const of = { filter: {}, currency: toCurrency(story.code), timeZone: "UTC" };
  const rows = await rowsOfCsv(await exportCsv(acme.scope, of));
  expect(rows.map((row) => row[5])).toEqual(story.exported);

  const upgrade = await secondInvoiceOf(acme);
  expect(upgrade).toMatchObject({ taxRate: "0.0000", taxMinor: 0, totalMinor: story.upgrade });
  const { text } = await readPdf((await invoiceFile(acme.scope, String(upgrade?.invoiceId))).content);
  for (const printed of story.printed) expect(text).toContain(printed);
});

test("what is less than ten fils is owed with the next invoice: an upgrade at any second is charged as quoted", async () => {
  const { acme, quote } = await upgraded("KWD", "2027-04-12T16:43:21Z");
  // For 18 days 16:16:39 of 30: 18.678 less 5.603.
  expect(quote.dueNowMinor).toBe(13_070);
  expect((await acme.paid()).map(({ amount }) => amount)).toEqual([13_070, 9_000]);
  const upgrade = await secondInvoiceOf(acme);
  expect(upgrade).toMatchObject({ totalMinor: 13_075, amountDueMinor: 13_070, fromCreditMinor: 5 });
  const { text } = await readPdf((await invoiceFile(acme.scope, String(upgrade?.invoiceId))).content);
  expect(text).toContain("Owed with the next invoice");
  for (const at of ["2027-05-01T09:01:00Z", "2027-05-01T10:30:00Z"]) {
    setClockForTests(at);
    await world.drain();
  }
  expect((await acme.paid()).map(({ amount }) => amount)).toEqual([30_000, 13_070, 9_000]);
});

test("without a tax Stripe hears of none", async () => {
  const asked = await world.requests("POST", /^\/v1\/(subscriptions|invoices\/create_preview|tax_rates)/);
  expect(asked.length).toBeGreaterThan(3);
  expect(JSON.stringify(asked)).not.toContain("tax_rate");
});
