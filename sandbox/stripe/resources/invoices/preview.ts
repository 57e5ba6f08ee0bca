import type Stripe from "stripe";
import type { Account } from "../../account";
import { newId } from "../../state/ids";
import { lineOfItem } from "../invoice-items/line";
import { pendingItems } from "../invoice-items/pending";
import { blankInvoice } from "./blank";
import type { DraftInput } from "./draft-input";
import { figure } from "./figure";
import { holdLine } from "./lines";

/** The invoice a draft would be, with the same totals; nothing is stored. Its id begins with `upcoming_in_`. */
export function previewInvoice(account: Account, input: DraftInput): Stripe.Invoice {
  const id = newId("upcoming_in");
  const pending = input.includePendingItems ? pendingItems(account, input) : [];
  const lines = [...pending.map(lineOfItem), ...input.lines.map((line) => holdLine(line, "il_tmp"))];
  const blank = blankInvoice(account, id, { ...input, billingReason: "upcoming" });
  const { invoice, shown } = figure(account, { ...blank, automatically_finalizes_at: null }, lines);
  // Nobody can ask for further pages of what is not stored.
  return { ...invoice, lines: { ...invoice.lines, data: shown, has_more: false } };
}
