import { describe, expect, test } from "vitest";
import { toMinor as minor } from "@/lib/money/minor";
import { creditNotePdf } from "./credit-note-pdf";
import type { ReceiptDocument } from "./input";
import { receiptPdf } from "./receipt-pdf";
import { readPdf, setting } from "./testing";

describe("receipts and credit notes", () => {
  const receipt: ReceiptDocument = {
    ...setting(),
    number: "R-000007",
    paidAt: new Date("2026-11-21T22:15:00Z"),
    methodName: "Visa •••• 4242",
    reference: "pi_123",
    amountMinor: minor(65_000),
    feeMinor: minor(1_885),
    totalMinor: minor(66_885),
    balanceAfterMinor: minor(60_000),
    returnedAt: null,
    movements: [],
  };

  test("a receipt has the fee on a line of its own", async () => {
    const { text, pages, info } = await readPdf(receiptPdf(receipt));
    expect(pages).toHaveLength(1);
    expect(info.Title).toBe("Receipt R-000007");
    for (const part of [
      "Prepaid balance top-up 1 $650.00 $650.00",
      "Processing fee 1 $18.85 $18.85",
      "Total (USD) $668.85",
      "Added to your balance $650.00",
      "Balance afterwards $600.00",
      "Visa •••• 4242",
      "November 21, 2026",
      "PAID",
    ])
      expect(text).toContain(part);
  });

  test("a receipt says when its money was given or taken back", async () => {
    const at = new Date("2026-11-25T12:00:00Z");
    const refunded = await readPdf(
      receiptPdf({ ...receipt, movements: [{ kind: "refund", at, amountMinor: minor(-66_885), detail: null }] }),
    );
    expect(refunded.text).toContain("REFUNDED");
    expect(refunded.text).toContain("November 25, 2026 Refund -$668.85");
    const returned = await readPdf(receiptPdf({ ...receipt, returnedAt: at }));
    expect(returned.text).toContain("RETURNED");
    expect(returned.text).toContain("taken back by the bank on November 25, 2026");
  });

  test("a credit note names its invoice and its tax", async () => {
    const { text } = await readPdf(
      creditNotePdf({
        ...setting(),
        number: "CN-000003",
        invoiceNumber: "INV-000042",
        issuedAt: new Date("2026-11-25T12:00:00Z"),
        reason: "Outage on 3 November",
        isVoid: false,
        isRefund: true,
        amountMinor: minor(10_825),
        taxMinor: minor(825),
      }),
    );
    for (const part of [
      "Credit note",
      "CN-000003",
      "Credit on invoice INV-000042: Outage on 3 November 1 $100.00 $100.00",
      "Tax $8.25",
      "Total (USD) $108.25",
    ])
      expect(text).toContain(part);
  });
});
