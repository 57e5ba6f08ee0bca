import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries, transactions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { invoiceFile } from "@/lib/documents/files";
import { readPdf } from "@/lib/documents/testing";
import { exportPdf } from "@/lib/documents/transactions-pdf";
import { newId } from "@/lib/ids";
import { formatMoney, toDecimalString } from "@/lib/money/amount";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { exportCsv } from "@/lib/transactions/export/csv";
import { cellsOf, rowsOfCsv, rowsOfReport, sheetOf } from "@/lib/transactions/export/testing";
import { exportXlsx } from "@/lib/transactions/export/xlsx";
import { refundTransaction } from "@/lib/transactions/refund";
import type { Customer } from "@/sandbox/testing/customer";
import { accountsOf, invoiced, line, pay } from "@/sandbox/testing/invoiced";
import { useWorld } from "@/sandbox/testing/world";
import { creditInvoice } from "./credit";
import { createDraft } from "./drafts";
import { finalizeInvoice } from "./finalize";
import { getInvoice } from "./queries";

// biome-ignore lint/style/noProcessEnv: the configuration is read at first use, after this
process.env.TAX_RATE = "8.25";
useTestDatabase();
const world = useWorld();
beforeEach(() => systemDb().delete(cardTries));

async function issued(acme: Customer, lines: ReturnType<typeof line>[]): Promise<string> {
  const draft = await createDraft(acme.scope, { lines, dueAt: null, memo: null }, newId());
  await finalizeInvoice(acme.tenantId, draft.invoiceId);
  await world.drain();
  return draft.invoiceId;
}

async function paymentOf(acme: Customer): Promise<string> {
  const [payment] = await systemDb()
    .select({ id: transactions.transactionId })
    .from(transactions)
    .where(and(eq(transactions.tenantId, acme.tenantId), eq(transactions.type, "payment")));
  return String(payment?.id);
}

const refund = (acme: Customer, payment: string, amount: number | null) =>
  refundTransaction(acme.scope, payment, {
    amountMinor: amount === null ? null : toMinor(amount),
    reason: null,
    requestKey: newId(),
  });

type Money = { net: number; tax: number; total: number };

// Amounts and taxes are rounded half-up line by line: to a yen, to a cent, to ten fils.
// 3 × 1,000, 2.5 × 333 = 832.5, 0.5 × 7 = 3.5; 247.5, 68.7 and 0.3 of tax. In fils 8,337.5 and 35; 1,527, 688 and 3 of tax.
test.each<[string, ReturnType<typeof line>[], Money, number, string]>([
  ["JPY", [line(1_000, "3"), line(333, "2.5"), line(7, "0.5")], { net: 3_837, tax: 317, total: 4_154 }, 1_001, "¥"],
  ["USD", [line(1_999, "3"), line(333, "2.5"), line(7, "0.5")], { net: 6_834, tax: 564, total: 7_398 }, 1_001, "$"],
  [
    "KWD",
    [line(12_340, "1.5"), line(3_335, "2.5"), line(70, "0.5")],
    { net: 26_890, tax: 2_220, total: 29_110 },
    1_010,
    "KWD ",
  ],
])(
  "%s to the smallest unit: invoice with tax, payment, refunds, exports, documents",
  async (code, lines, money, part, sign) => {
    const currency = toCurrency(code);
    const decimal = (minor: number) => toDecimalString(toMinor(minor), currency);
    const printed = (minor: number) => formatMoney(toMinor(minor), currency, "en").replace(/\s/g, " ");
    const acme = await invoiced(world, code);
    await acme.card("pm_card_visa");
    const invoiceId = await issued(acme, lines);
    const invoice = await getInvoice(acme.scope, invoiceId);
    expect(invoice).toMatchObject({
      status: "open",
      subtotalMinor: money.net,
      taxMinor: money.tax,
      totalMinor: money.total,
      amountDueMinor: money.total,
    });
    const atStripe = await world.stripeSdk.invoices.retrieve(String(invoice.stripeInvoiceId));
    expect([atStripe.total, atStripe.currency]).toEqual([money.total, code.toLowerCase()]);

    await pay(acme, invoiceId);
    await world.drain();
    expect((await acme.paid()).map(({ amount }) => amount)).toEqual([money.total]);
    expect(await accountsOf(acme)).toEqual({
      stripe: -money.total,
      invoice_revenue: money.net,
      tax_payable: money.tax,
    });

    const payment = await paymentOf(acme);
    await refund(acme, payment, part);
    await refund(acme, payment, null);
    await world.drain();
    expect(await accountsOf(acme)).toEqual({ stripe: 0, invoice_revenue: 0, tax_payable: 0 });

    const of = { filter: {}, currency, timeZone: "America/New_York" };
    const rest = part - money.total;
    const expected = [rest, -part, money.total].map((minor) => [decimal(minor), decimal(0), decimal(minor)]);
    const csv = await rowsOfCsv(await exportCsv(acme.scope, of));
    expect(csv.map((row) => [...row.slice(5, 8), row[8]])).toEqual(expected.map((row) => [...row, code]));
    const cells = cellsOf(await sheetOf(await exportXlsx(acme.scope, of)));
    expect(cells.map((row) => row.slice(5, 8))).toEqual(expected);
    const report = await readPdf(await exportPdf(acme.scope, of));
    expect(rowsOfReport(report.text, sign).map((row) => row.slice(1))).toEqual(expected);

    const { text } = await readPdf((await invoiceFile(acme.scope, invoiceId)).content);
    for (const said of [
      `Subtotal ${printed(money.net)}`,
      `Tax (8.25%) ${printed(money.tax)}`,
      `Total (${code}) ${printed(money.total)}`,
      `Refund ${printed(-part)}`,
      `Refund ${printed(rest)}`,
    ])
      expect(text).toContain(said);
  },
);

test("what cannot be charged in a currency is not given back or credited in parts either", async () => {
  const acme = await invoiced(world, "KWD");
  await acme.card("pm_card_visa");
  const first = await issued(acme, [line(10_000)]);
  const credit = (invoiceId: string, amount: number) =>
    creditInvoice(acme.scope, invoiceId, { amountMinor: toMinor(amount), reason: null, requestKey: newId() });
  await expect(credit(first, 1_234)).rejects.toMatchObject({ code: "invalid_request" });
  await credit(first, 1_230);
  await world.drain();
  await pay(acme, first);
  await world.drain();
  expect((await acme.paid()).map(({ amount }) => amount)).toEqual([9_600]);
  await expect(credit(first, 1_234)).rejects.toMatchObject({ code: "invalid_request" });
  await expect(refund(acme, await paymentOf(acme), 1_234)).rejects.toMatchObject({ code: "invalid_request" });
  await refund(acme, await paymentOf(acme), 1_230);
});

test("an invoice of more lines than Stripe is told of has its tax to the cent too", async () => {
  const acme = await invoiced(world);
  const invoiceId = await issued(
    acme,
    Array.from({ length: 120 }, (_, at) => line(105 + at)),
  );
  const invoice = await getInvoice(acme.scope, invoiceId);
  const tax = Array.from({ length: 120 }, (_, at) => Math.round((105 + at) * 8.25) / 100).reduce(
    (sum, one) => sum + Math.round(one),
    0,
  );
  expect(invoice).toMatchObject({ taxMinor: tax, totalMinor: invoice.subtotalMinor + tax });
  const atStripe = await world.stripeSdk.invoices.retrieve(String(invoice.stripeInvoiceId));
  expect(atStripe.total).toBe(invoice.totalMinor);
  expect(invoice.lines).toHaveLength(120);
});
