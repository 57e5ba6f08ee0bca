import { expect, test } from "vitest";
import { toCurrency } from "@/lib/money/currency";
import { toMinor, ZERO } from "@/lib/money/minor";
import { reportsCsv } from "./csv";
import type { MonthRow } from "./operator-report";
import { ratesOf } from "./rates";

const ROW: MonthRow = {
  month: "2027-02",
  revenue: { usage_revenue: toMinor(25_000), invoice_revenue: toMinor(-1_000), fee_revenue: toMinor(1_885) },
  revenueMinor: toMinor(25_885),
  mrrMinor: toMinor(12_600),
  deferredMinor: null,
  churn: { atStart: 3, begun: 1, lost: 1 },
  collection: {
    paid: 6,
    paidMinor: toMinor(20_000),
    failed: 2,
    recovered: 1,
    refundedMinor: toMinor(1_000),
    disputedMinor: ZERO,
  },
};

test("rates are shares of what there was", () => {
  expect(ratesOf(ROW)).toEqual({ churn: 1 / 3, failure: 0.25, recovery: 0.5, refund: 0.05 });
});

test("there is no share of nothing", () => {
  const collection = { ...ROW.collection, paid: 0, paidMinor: ZERO, failed: 0, recovered: 0, refundedMinor: ZERO };
  const rates = ratesOf({ churn: { atStart: 0, begun: 2, lost: 0 }, collection });
  expect(rates).toEqual({ churn: null, failure: null, recovery: null, refund: null });
});

test("the CSV has a line for each month, money in major units of its currency", () => {
  const [head, line, end] = reportsCsv([{ currency: toCurrency("USD"), months: [ROW] }]).split("\r\n");
  expect(head?.split(",")).toHaveLength(line?.split(",").length ?? 0);
  expect(line).toBe(
    "2027-02,USD,258.85,250.00,-10.00,18.85,126.00,3,1,1,0.3333,6,2,1,0.2500,0.5000,200.00,10.00,0.0500,0.00,",
  );
  expect(end).toBe("");
});
