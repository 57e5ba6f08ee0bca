import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, unsupported } from "../../http/errors";
import { boolean, clearableText, text } from "../../http/parameters";
import { type Call, route } from "../../http/route";
import { emit } from "../../webhooks/events";
import { collectLater } from "./advance";
import { attachPayment } from "./attach";
import { markUncollectible, voidInvoice } from "./close";
import { existingInvoice } from "./edit";
import { finalizeInvoice } from "./finalize";
import { payInvoice } from "./pay";
import { settleWithoutPayment } from "./settle";

function invoiceOf(account: Account, call: Call): Stripe.Invoice {
  return existingInvoice(account, call.path.id ?? "");
}

/** Paid in cash, by transfer or otherwise elsewhere. */
function payOutOfBand(account: Account, invoice: Stripe.Invoice): Stripe.Invoice {
  if (invoice.status === "paid") throw invalidRequest("Invoice is already paid");
  return settleWithoutPayment(account, invoice, {
    amount_paid: invoice.amount_due,
    amount_paid_off_stripe: invoice.amount_remaining,
  });
}

export const invoiceActionRoutes = [
  route("POST /v1/invoices/:id/finalize", {
    parameters: { auto_advance: boolean.optional() },
    handle(account, given, call) {
      const draft = invoiceOf(account, call);
      const invoice = finalizeInvoice(account, {
        ...draft,
        auto_advance: given.auto_advance ?? draft.auto_advance ?? false,
      });
      return collectLater(account, invoice);
    },
  }),
  route("POST /v1/invoices/:id/pay", {
    parameters: {
      forgive: boolean.optional(),
      mandate: clearableText.optional(),
      off_session: boolean.optional(),
      paid_out_of_band: boolean.optional(),
      payment_method: text.optional(),
    },
    unsupported: ["source"],
    handle(account, given, call) {
      if (given.mandate) throw unsupported("naming the mandate of a payment", "mandate");
      const found = invoiceOf(account, call);
      const invoice = found.status === "draft" ? finalizeInvoice(account, found) : found;
      if (invoice.status === "paid" && found.status === "draft") return invoice;
      if (given.paid_out_of_band) return payOutOfBand(account, invoice);
      const result = payInvoice(account, invoice, {
        offSession: given.off_session ?? true,
        ...(given.payment_method && { paymentMethod: given.payment_method }),
      });
      if (result.failure) throw result.failure;
      return result.invoice;
    },
  }),
  route("POST /v1/invoices/:id/send", {
    handle(account, _, call) {
      const found = invoiceOf(account, call);
      if (found.collection_method !== "send_invoice")
        throw invalidRequest("You can only manually send an invoice if its collection method is 'send_invoice'.");
      const invoice = found.status === "draft" ? finalizeInvoice(account, found) : found;
      emit(account, "invoice.sent", invoice);
      return invoice;
    },
  }),
  route("POST /v1/invoices/:id/void", {
    handle: (account, _, call) => voidInvoice(account, invoiceOf(account, call)),
  }),
  route("POST /v1/invoices/:id/mark_uncollectible", {
    handle: (account, _, call) => markUncollectible(account, invoiceOf(account, call)),
  }),
  route("POST /v1/invoices/:id/attach_payment", {
    parameters: { payment_intent: text },
    unsupported: ["payment_record"],
    handle: (account, given, call) => attachPayment(account, invoiceOf(account, call), given.payment_intent),
  }),
];
