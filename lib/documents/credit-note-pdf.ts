import type { Readable } from "node:stream";
import { toDecimalString } from "@/lib/money/amount";
import { subtract, ZERO } from "@/lib/money/minor";
import { asideOf } from "./aside";
import type { CreditNoteDocument } from "./input";
import { beginLetter, endLetter } from "./letter";
import { drawHead, drawHeadline, drawParties, type Fact } from "./letterhead";
import { drawLineTable } from "./line-table";
import { drawTotals, type TotalLine, totalsHeight } from "./totals";
import { documentWords } from "./words";

/** A credit note as PDF. The same input gives the same bytes. */
export function creditNotePdf(note: CreditNoteDocument): Readable {
  const { currency, invoiceNumber, reason } = note;
  const words = documentWords(note.locale, note.timeZone, currency);
  const { t, money, day } = words;
  const title = `${t("titles.creditNote")} ${note.number}`;
  const letter = beginLetter(note, words, { title, at: note.issuedAt });
  drawHead(letter, t("titles.creditNote"), note.number, note.isVoid ? { text: t("stamps.void"), tone: "bad" } : null);
  const facts: Fact[] = [
    [t("facts.issued"), day(note.issuedAt)],
    [t("facts.invoice"), invoiceNumber],
    [t("facts.currency"), currency],
  ];
  drawParties(letter, facts);
  drawHeadline(letter, t("headline.credited", { amount: money(note.isVoid ? ZERO : note.amountMinor) }));
  const netMinor = subtract(note.amountMinor, note.taxMinor);
  const description = reason
    ? t("creditNote.lineWithReason", { number: invoiceNumber, reason })
    : t("creditNote.line", { number: invoiceNumber });
  const row = {
    description,
    note: null,
    quantity: words.quantity("1"),
    unitPrice: words.price(toDecimalString(netMinor, currency)),
    amount: money(netMinor),
  };
  const totals: TotalLine[] = [
    { label: t("totals.net"), value: money(netMinor) },
    { label: t("totals.taxIncluded"), value: money(note.taxMinor) },
    { label: t("totals.total", { currency }), value: money(note.amountMinor), kind: "due" },
  ];
  const aside = asideOf(
    letter,
    null,
    t(note.isRefund ? "creditNote.refunded" : "creditNote.lowered"),
    totalsHeight(totals),
  );
  drawLineTable(letter, [row], aside.height + aside.below, aside.height);
  const { y } = letter;
  aside.draw();
  letter.y = y;
  drawTotals(letter, totals);
  aside.drawBelow();
  return endLetter(letter, title);
}
