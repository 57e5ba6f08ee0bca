import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { priceLines } from "@/lib/invoices/lines";
import { toCurrency } from "@/lib/money/currency";
import { pricedLines, readDraft, readLine } from "./draft-values";

const USD = toCurrency("USD");
const line = { description: "Workshop", quantity: "2.5", unit: "$1,200.50" };

test("a line is read as people type it", () => {
  expect(readLine(line, USD)).toEqual({ description: "Workshop", quantity: "2.5", unitMinor: 120_050 });
  expect(readLine({ ...line, quantity: "0" }, USD)).toBe("quantity");
  expect(readLine({ ...line, quantity: "1.1234567" }, USD)).toBe("quantity");
  expect(readLine({ ...line, unit: "1.005" }, USD)).toBe("unit");
  expect(readLine({ ...line, description: "  " }, USD)).toBe("description");
});

test("what is typed is priced exactly, before it is complete", () => {
  const lines = [
    { ...line, description: "" },
    { description: "Later", quantity: "1", unit: "" },
  ];
  expect(priceLines(pricedLines(lines, USD), USD, "8.25")).toMatchObject({
    subtotalMinor: 300_125,
    taxMinor: 24_760,
    totalMinor: 324_885,
  });
});

test("a due day is due when it ends for the tenant", () => {
  const draft = readDraft({ lines: [line], due: "2026-11-30", memo: "" }, USD, "America/New_York");
  expect(draft).toMatchObject({ dueAt: new Date("2026-12-01T05:00:00Z"), memo: null });
});

test("each wrong field is named", () => {
  const form = { lines: [line, { ...line, unit: "x" }], due: "", memo: "" };
  expect(() => readDraft(form, USD, "UTC")).toThrow(AppError);
  try {
    readDraft(form, USD, "UTC");
  } catch (error) {
    expect((error as AppError).options.fields).toEqual([{ path: "lines.1.unit", message: "unit" }]);
  }
});
