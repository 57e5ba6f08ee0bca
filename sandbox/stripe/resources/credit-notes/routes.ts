import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { clearable, clearableText, metadata, text } from "../../http/parameters";
import { route } from "../../http/route";
import { mergeMetadata } from "../../state/metadata";
import { rowsOf } from "../../state/rows";
import { emit } from "../../webhooks/events";
import { knownCustomer } from "../payment-methods/attach";
import { buildCreditNote } from "./build";
import { checkGivenBack, giveBack } from "./give-back";
import { lowerInvoice, raiseInvoice, refuseWhileProcessing } from "./lower";
import { type CreditNoteInput, creation, UNSUPPORTED } from "./parameters";

function invoiceOf(account: Account, id: string, param = "invoice"): Stripe.Invoice {
  const invoice = account.tables.invoices.get(id);
  if (!invoice) throw resourceMissing("invoice", id, param);
  return invoice;
}

function resolve(account: Account, id: string): Stripe.CreditNote {
  const note = account.tables.creditNotes.get(id);
  if (!note) throw resourceMissing("credit note", id);
  return note;
}

function issue(account: Account, given: CreditNoteInput): Stripe.CreditNote {
  const invoice = invoiceOf(account, given.invoice);
  refuseWhileProcessing(account, invoice);
  const { note, lines } = buildCreditNote(account, invoice, given);
  const linked = checkGivenBack(account, note, given);
  account.tables.creditNoteLines.put({ id: note.id, lines });
  const issued = account.tables.creditNotes.put({ ...note, ...giveBack(account, note, given, linked) });
  emit(account, "credit_note.created", issued);
  lowerInvoice(account, invoiceOf(account, invoice.id), issued);
  return issued;
}

/** Only what lowered an open invoice can be taken back. */
function voidNote(account: Account, note: Stripe.CreditNote): Stripe.CreditNote {
  const invoice = invoiceOf(account, String(note.invoice));
  if (note.status === "void") throw invalidRequest("This credit note has already been voided.");
  if (note.post_payment_amount > 0 || invoice.status !== "open")
    throw invalidRequest("You can only void a pre-payment credit note of an open invoice.");
  const voided = account.tables.creditNotes.put({ ...note, status: "void", voided_at: account.nowUnix() });
  emit(account, "credit_note.voided", voided);
  raiseInvoice(account, invoice, voided);
  return voided;
}

function linesAsRows(lines: readonly Stripe.CreditNoteLineItem[]) {
  return rowsOf(lines.toReversed());
}

export const creditNoteRoutes = [
  route("POST /v1/credit_notes", { parameters: creation, unsupported: UNSUPPORTED, handle: issue }),
  route("GET /v1/credit_notes/preview", {
    parameters: creation,
    unsupported: UNSUPPORTED,
    handle: (account, given) => buildCreditNote(account, invoiceOf(account, given.invoice), given).note,
  }),
  route("GET /v1/credit_notes/preview/lines", {
    parameters: { ...creation, ...pagination },
    unsupported: UNSUPPORTED,
    handle(account, given) {
      const { lines } = buildCreditNote(account, invoiceOf(account, given.invoice), given);
      return pageOf(linesAsRows(lines), given, "/v1/credit_notes/preview/lines", () => true);
    },
  }),
  route("GET /v1/credit_notes/:id", { handle: (account, _, call) => resolve(account, call.path.id ?? "") }),
  route("POST /v1/credit_notes/:id", {
    parameters: { memo: clearableText.optional(), metadata: clearable(metadata).optional() },
    handle(account, given, call) {
      const note = resolve(account, call.path.id ?? "");
      const updated = account.tables.creditNotes.put({
        ...note,
        memo: given.memo === undefined ? note.memo : given.memo,
        metadata: mergeMetadata(note.metadata, given.metadata),
      });
      emit(account, "credit_note.updated", updated, note);
      return updated;
    },
  }),
  route("POST /v1/credit_notes/:id/void", {
    handle: (account, _, call) => voidNote(account, resolve(account, call.path.id ?? "")),
  }),
  route("GET /v1/credit_notes/:id/lines", {
    parameters: pagination,
    handle(account, given, call) {
      const { id } = resolve(account, call.path.id ?? "");
      const lines = account.tables.creditNoteLines.get(id)?.lines ?? [];
      return pageOf(linesAsRows(lines), given, `/v1/credit_notes/${id}/lines`, () => true);
    },
  }),
  route("GET /v1/credit_notes", {
    parameters: { ...pagination, created, customer: text.optional(), invoice: text.optional() },
    unsupported: ["customer_account"],
    handle(account, given) {
      knownCustomer(account, given.customer);
      return pageOf(
        account.tables.creditNotes.whose("invoice", given.invoice),
        given,
        "/v1/credit_notes",
        (row) => matchesCreated(given.created, row.created) && (!given.customer || row.customer === given.customer),
      );
    },
  }),
];
