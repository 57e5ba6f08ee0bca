import type Stripe from "stripe";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { oneOf, text } from "../../http/parameters";
import { route } from "../../http/route";
import { search, searching } from "../../http/search";
import { knownCustomer } from "../payment-methods/attach";
import { createInvoice } from "./create";
import { existingInvoice } from "./edit";
import { presentInvoice } from "./figure";
import { subscriptionIdOf } from "./owner";
import { creation, invoiceMembers, UNSUPPORTED } from "./parameters";
import { deleteDraft, updateInvoice } from "./update";

const SEARCHABLE = [
  "created",
  "currency",
  "customer",
  "last_finalization_error_code",
  "last_finalization_error_type",
  "metadata",
  "number",
  "receipt_number",
  "status",
  "subscription",
  "total",
];

function searchedMember(row: object, field: string): unknown {
  const invoice = row as Stripe.Invoice;
  if (field === "subscription") return subscriptionIdOf(invoice);
  if (field === "last_finalization_error_code") return invoice.last_finalization_error?.code;
  if (field === "last_finalization_error_type") return invoice.last_finalization_error?.type;
  return Reflect.get(row, field);
}

export const invoiceRoutes = [
  route("POST /v1/invoices", { parameters: creation, unsupported: UNSUPPORTED, handle: createInvoice }),
  route("GET /v1/invoices/:id", {
    handle: (account, _, call) => presentInvoice(account, existingInvoice(account, call.path.id ?? "")),
  }),
  route("POST /v1/invoices/:id", {
    parameters: invoiceMembers,
    unsupported: UNSUPPORTED,
    handle: (account, given, call) => updateInvoice(account, existingInvoice(account, call.path.id ?? ""), given),
  }),
  route("DELETE /v1/invoices/:id", {
    handle: (account, _, call) => deleteDraft(account, existingInvoice(account, call.path.id ?? "")),
  }),
  route("GET /v1/invoices", {
    parameters: {
      ...pagination,
      collection_method: oneOf("charge_automatically", "send_invoice").optional(),
      created,
      customer: text.optional(),
      due_date: created,
      status: oneOf("draft", "open", "paid", "uncollectible", "void").optional(),
      subscription: text.optional(),
    },
    unsupported: ["customer_account"],
    handle(account, given) {
      const keep = (row: Stripe.Invoice) =>
        matchesCreated(given.created, row.created) &&
        (given.due_date === undefined || (row.due_date !== null && matchesCreated(given.due_date, row.due_date))) &&
        (!given.collection_method || row.collection_method === given.collection_method) &&
        (!given.status || row.status === given.status) &&
        (!given.subscription || subscriptionIdOf(row) === given.subscription);
      const page = pageOf(
        account.tables.invoices.whose("customer", knownCustomer(account, given.customer)),
        given,
        "/v1/invoices",
        keep,
      );
      return { ...page, data: page.data.map((row) => presentInvoice(account, row)) };
    },
  }),
  route("GET /v1/invoices/search", {
    parameters: searching,
    handle: (account, given) =>
      search(account.tables.invoices, given, "/v1/invoices/search", SEARCHABLE, undefined, searchedMember),
  }),
];
