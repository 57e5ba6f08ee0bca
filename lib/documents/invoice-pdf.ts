import type { Readable } from "node:stream";
import { creditLineOf } from "@/lib/invoices/credit-line";
import { negate, ZERO } from "@/lib/money/minor";
import { asideOf } from "./aside";
import type { InvoiceDocument, InvoiceLine } from "./input";
import { beginLetter, endLetter, keepTogether } from "./letter";
import { drawHead, drawHeadline, drawParties, type Fact, type Stamp } from "./letterhead";
import { drawLineTable, type TableRow } from "./line-table";
import { drawMovements, drawTotals, movementsHeight, type TotalLine, totalsHeight } from "./totals";
import { type DocumentWords, documentWords } from "./words";

type Period = Pick<InvoiceLine, "periodStart" | "periodEnd">;

/** The days a line is for; null when it is for none, or for those of the whole invoice, which stand above. */
function periodOf(line: Period, whole: Period | null, words: DocumentWords): string | null {
  const { periodStart: from, periodEnd: to } = line;
  if (!from || !to || from.getTime() === to.getTime()) return null;
  const same = whole?.periodStart?.getTime() === from.getTime() && whole.periodEnd?.getTime() === to.getTime();
  return same ? null : words.days(from, to);
}

/** Stripe gives every invoice a period; it says something only when a line is for it. */
function wholePeriod(invoice: InvoiceDocument): Period | null {
  const [first] = invoice.lines;
  if (!first?.periodStart || !first.periodEnd || first.periodStart.getTime() === first.periodEnd.getTime()) return null;
  const same = invoice.lines.every(
    (line) =>
      line.periodStart?.getTime() === first.periodStart?.getTime() &&
      line.periodEnd?.getTime() === first.periodEnd?.getTime(),
  );
  return same ? first : null;
}

function stampOf({ status }: InvoiceDocument, { t }: DocumentWords): Stamp | null {
  if (status === "paid") return { text: t("stamps.paid"), tone: "good" };
  if (status === "void") return { text: t("stamps.void"), tone: "bad" };
  if (status === "uncollectible") return { text: t("stamps.uncollectible"), tone: "bad" };
  return status === "draft" ? { text: t("stamps.draft"), tone: "neutral" } : null;
}

function headlineOf(invoice: InvoiceDocument, { t, money, day }: DocumentWords): string {
  const { status, totalMinor, remainingMinor, amountPaidMinor, dueAt, paidAt, voidedAt } = invoice;
  if (status === "draft") return t("headline.draft", { amount: money(totalMinor) });
  if (status === "void") return t("headline.void", { date: day(voidedAt ?? invoice.createdAt) });
  if (status === "uncollectible") return t("headline.uncollectible", { amount: money(remainingMinor) });
  if (status === "paid")
    return paidAt && amountPaidMinor !== 0
      ? t("headline.paid", { amount: money(amountPaidMinor), date: day(paidAt) })
      : t("headline.nothing");
  if (remainingMinor === 0) return t("headline.nothing");
  const amount = money(remainingMinor);
  return dueAt ? t("headline.due", { amount, date: day(dueAt) }) : t("headline.dueNow", { amount });
}

function factsOf(invoice: InvoiceDocument, whole: Period | null, words: DocumentWords): Fact[] {
  const { t, day } = words;
  const facts: Fact[] = [];
  if (invoice.issuedAt) facts.push([t("facts.issued"), day(invoice.issuedAt)]);
  else facts.push([t("facts.created"), day(invoice.createdAt)]);
  if (invoice.dueAt) facts.push([t("facts.due"), day(invoice.dueAt)]);
  if (invoice.paidAt) facts.push([t("facts.paidOn"), day(invoice.paidAt)]);
  const period = whole && periodOf(whole, null, words);
  if (period) facts.push([t("facts.period"), period]);
  facts.push([t("facts.currency"), invoice.currency]);
  return facts;
}

function totalsOf(invoice: InvoiceDocument, { t, money, percent }: DocumentWords): TotalLine[] {
  const { currency, discountMinor, creditedMinor, amountPaidMinor } = invoice;
  const lines: TotalLine[] = [{ label: t("totals.subtotal"), value: money(invoice.subtotalMinor) }];
  if (discountMinor !== 0) lines.push({ label: t("totals.discount"), value: money(negate(discountMinor)) });
  lines.push({ label: t("totals.tax", { rate: percent(invoice.taxRate) }), value: money(invoice.taxMinor) });
  lines.push({ label: t("totals.total", { currency }), value: money(invoice.totalMinor), kind: "sum" });
  const credit = creditLineOf(invoice);
  if (credit) lines.push({ label: t(`totals.${credit}`), value: money(negate(invoice.fromCreditMinor)) });
  if (creditedMinor !== 0) lines.push({ label: t("totals.credited"), value: money(negate(creditedMinor)) });
  if (amountPaidMinor !== 0) lines.push({ label: t("totals.paid"), value: money(negate(amountPaidMinor)) });
  lines.push({ label: t("totals.due", { currency }), value: money(invoice.remainingMinor), kind: "due" });
  return lines;
}

const rowOf = (line: InvoiceLine, whole: Period | null, words: DocumentWords): TableRow => ({
  description: line.description,
  note: periodOf(line, whole, words),
  quantity: words.quantity(line.quantity),
  unitPrice: words.price(line.unitAmount),
  amount: words.money(line.amountMinor),
});

/**
 * An invoice as PDF: on one page when it fits. The same input gives the same bytes.
 * @returns the file as a stream, which is all there already
 */
export function invoicePdf(invoice: InvoiceDocument): Readable {
  const words = documentWords(invoice.locale, invoice.timeZone, invoice.currency);
  const { t } = words;
  const isDraft = invoice.status === "draft";
  const kind = t(isDraft ? "titles.draft" : "titles.invoice");
  const title = [kind, invoice.number].filter(Boolean).join(" ");
  const whole = wholePeriod(invoice);
  const letter = beginLetter(invoice, words, { title, at: invoice.issuedAt ?? invoice.createdAt });
  drawHead(letter, t("titles.invoice"), invoice.number, stampOf(invoice, words));
  drawParties(letter, factsOf(invoice, whole, words));
  drawHeadline(letter, headlineOf(invoice, words));
  const totals = totalsOf(invoice, words);
  const payUrl = invoice.remainingMinor > ZERO && invoice.status === "open" ? invoice.payUrl : null;
  const aside = asideOf(letter, payUrl, invoice.memo, totalsHeight(totals));
  const after = aside.height + movementsHeight(invoice.movements) + aside.below;
  drawLineTable(
    letter,
    invoice.lines.map((line) => rowOf(line, whole, words)),
    after,
    aside.height,
  );
  keepTogether(letter, aside.height);
  const { y } = letter;
  aside.draw();
  letter.y = y;
  drawTotals(letter, totals);
  letter.y = Math.max(letter.y, y + aside.height);
  drawMovements(letter, invoice.movements);
  aside.drawBelow();
  return endLetter(letter, title);
}
