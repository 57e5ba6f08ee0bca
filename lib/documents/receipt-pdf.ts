import type { Readable } from "node:stream";
import { toDecimalString } from "@/lib/money/amount";
import type { Minor } from "@/lib/money/minor";
import type { ReceiptDocument } from "./input";
import { beginLetter, endLetter } from "./letter";
import { drawHead, drawHeadline, drawParties, type Fact, type Stamp } from "./letterhead";
import { drawLineTable, type TableRow } from "./line-table";
import { drawMovements, drawTotals, movementsHeight, type TotalLine, totalsHeight } from "./totals";
import { type DocumentWords, documentWords } from "./words";

function factsOf(receipt: ReceiptDocument, { t, day }: DocumentWords): Fact[] {
  const facts: Fact[] = [[t("facts.paidOn"), day(receipt.paidAt)]];
  if (receipt.methodName) facts.push([t("facts.method"), receipt.methodName]);
  facts.push([t("facts.currency"), receipt.currency]);
  return facts;
}

function totalsOf(receipt: ReceiptDocument, { t, money }: DocumentWords): TotalLine[] {
  const { currency, totalMinor, amountMinor, balanceAfterMinor } = receipt;
  const lines: TotalLine[] = [
    { label: t("totals.total", { currency }), value: money(totalMinor), kind: "sum" },
    { label: t("receipt.credited"), value: money(amountMinor), kind: "due" },
  ];
  if (balanceAfterMinor !== null) lines.push({ label: t("receipt.balance"), value: money(balanceAfterMinor) });
  return lines;
}

function stampOf({ returnedAt, movements, totalMinor }: ReceiptDocument, { t }: DocumentWords): Stamp {
  if (returnedAt) return { text: t("stamps.returned"), tone: "bad" };
  const refunded = movements.reduce((sum, one) => (one.kind === "refund" ? sum - one.amountMinor : sum), 0);
  return refunded === totalMinor
    ? { text: t("stamps.refunded"), tone: "neutral" }
    : { text: t("stamps.paid"), tone: "good" };
}

/** The receipt of a top-up as PDF, its fee on a line of its own. The same input gives the same bytes. */
export function receiptPdf(receipt: ReceiptDocument): Readable {
  const { currency } = receipt;
  const words = documentWords(receipt.locale, receipt.timeZone, currency);
  const { t, money, day } = words;
  const title = `${t("titles.receipt")} ${receipt.number}`;
  const letter = beginLetter(receipt, words, { title, at: receipt.paidAt });
  drawHead(letter, t("titles.receipt"), receipt.number, stampOf(receipt, words));
  drawParties(letter, factsOf(receipt, words));
  const headline = receipt.returnedAt
    ? t("headline.returned", { amount: money(receipt.totalMinor), date: day(receipt.returnedAt) })
    : t("headline.received", { amount: money(receipt.totalMinor), date: day(receipt.paidAt) });
  drawHeadline(letter, headline);
  const row = (description: string, amountMinor: Minor, note: string | null = null): TableRow => ({
    description,
    note,
    quantity: words.quantity("1"),
    unitPrice: words.price(toDecimalString(amountMinor, currency)),
    amount: money(amountMinor),
  });
  const reference = receipt.reference && t("receipt.reference", { id: receipt.reference });
  const rows = [row(t("receipt.line"), receipt.amountMinor, reference)];
  if (receipt.feeMinor !== 0) rows.push(row(t("totals.fee"), receipt.feeMinor));
  const totals = totalsOf(receipt, words);
  drawLineTable(letter, rows, totalsHeight(totals) + movementsHeight(receipt.movements), totalsHeight(totals));
  drawTotals(letter, totals);
  drawMovements(letter, receipt.movements);
  return endLetter(letter, title);
}
