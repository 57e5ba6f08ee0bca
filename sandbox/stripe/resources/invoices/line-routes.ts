import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "../../account";
import { pageOf, pagination } from "../../http/pages";
import { clearable, metadata, strict, text } from "../../http/parameters";
import { route } from "../../http/route";
import type { Rows } from "../../state/table";
import { lineMembers } from "../invoice-items/parameters";
import { bookOf } from "./book";
import { draftOf, existingInvoice } from "./edit";
import { figure } from "./figure";
import { addLines, lineOf, removeLines, updateLine, withMetadata } from "./line-edits";
import { removedLine } from "./parameters";

const invoiceMetadata = clearable(metadata).optional();

/** Lines in their own order, as pages want them: the first one is the "newest". */
function linesAsRows(lines: readonly Stripe.InvoiceLineItem[]): Rows<Stripe.InvoiceLineItem> {
  const at = (id: string | undefined) => lines.findIndex((held) => held.id === id);
  return {
    get: (id) => lines.find((held) => held.id === id),
    newestFirst: (beforeId) => lines.slice(at(beforeId) + 1),
    oldestFirst: (afterId) => (afterId === undefined ? lines : lines.slice(0, at(afterId))).toReversed(),
  };
}

function shownLines(account: Account, invoice: Stripe.Invoice): readonly Stripe.InvoiceLineItem[] {
  const book = bookOf(account, invoice.id);
  return invoice.status === "draft" ? figure(account, invoice, book.lines).shown : book.shown;
}

export const invoiceLineRoutes = [
  route("GET /v1/invoices/:id/lines", {
    parameters: pagination,
    handle(account, given, call) {
      const invoice = existingInvoice(account, call.path.id ?? "");
      return pageOf(linesAsRows(shownLines(account, invoice)), given, `/v1/invoices/${invoice.id}/lines`);
    },
  }),
  route("POST /v1/invoices/:id/lines/:line", {
    parameters: lineMembers,
    unsupported: ["tax_amounts"],
    handle(account, given, call) {
      const invoice = draftOf(account, call.path.id ?? "");
      const id = lineOf(account, invoice, call.path.line ?? "").id;
      updateLine(account, invoice, id, given);
      return shownLines(account, existingInvoice(account, invoice.id)).find((shown) => shown.id === id) ?? {};
    },
  }),
  route("POST /v1/invoices/:id/add_lines", {
    parameters: {
      invoice_metadata: invoiceMetadata,
      lines: z.array(strict({ ...lineMembers, invoice_item: text.optional() })),
    },
    handle(account, given, call) {
      const invoice = addLines(account, draftOf(account, call.path.id ?? ""), given.lines);
      return withMetadata(account, invoice, given.invoice_metadata);
    },
  }),
  route("POST /v1/invoices/:id/update_lines", {
    parameters: { invoice_metadata: invoiceMetadata, lines: z.array(strict({ ...lineMembers, id: text })) },
    handle(account, { lines, invoice_metadata: given }, call) {
      const id = call.path.id ?? "";
      for (const { id: lineId, ...changes } of lines) updateLine(account, draftOf(account, id), lineId, changes);
      return withMetadata(account, draftOf(account, id), given);
    },
  }),
  route("POST /v1/invoices/:id/remove_lines", {
    parameters: { invoice_metadata: invoiceMetadata, lines: z.array(removedLine) },
    handle(account, given, call) {
      const invoice = removeLines(account, draftOf(account, call.path.id ?? ""), given.lines);
      return withMetadata(account, invoice, given.invoice_metadata);
    },
  }),
];
