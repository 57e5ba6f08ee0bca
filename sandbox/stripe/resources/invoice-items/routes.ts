import type Stripe from "stripe";
import { invalidRequest } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { boolean, text } from "../../http/parameters";
import { route } from "../../http/route";
import { newId } from "../../state/ids";
import { emit } from "../../webhooks/events";
import { settleCurrency } from "../invoices/draft";
import { draftOf, followItem } from "../invoices/edit";
import { ownSubscription } from "../invoices/owner";
import { knownCustomer, resolveCustomer } from "../payment-methods/attach";
import { readCurrency } from "../pricing/currencies";
import { buildItem } from "./create";
import { itemMembers, UNSUPPORTED } from "./parameters";
import { existingItem, readLine } from "./read";
import { deleteItem, updateItem } from "./update";

/** The currency an item must have. @throws StripeFailure 400 when the invoice has another */
function currencyFor(given: { currency?: string | undefined }, invoice: Stripe.Invoice | null): string | null {
  const currency = given.currency === undefined ? null : readCurrency(given.currency);
  if (invoice && currency && currency !== invoice.currency)
    throw invalidRequest(
      `The currency of the invoice item (${currency}) does not match the currency of the invoice (${invoice.currency}).`,
      { param: "currency" },
    );
  return invoice?.currency ?? currency;
}

export const invoiceItemRoutes = [
  route("POST /v1/invoiceitems", {
    parameters: {
      ...itemMembers,
      currency: text.optional(),
      customer: text,
      invoice: text.optional(),
      subscription: text.optional(),
    },
    unsupported: UNSUPPORTED,
    handle(account, given) {
      const customer = resolveCustomer(account, given.customer);
      const invoice = given.invoice ? draftOf(account, given.invoice) : null;
      if (invoice && invoice.customer !== customer.id)
        throw invalidRequest("The customer of the invoice item is not the customer of the invoice.", {
          param: "invoice",
        });
      const subscription = given.subscription ? ownSubscription(account, given.subscription, customer) : null;
      const id = newId("ii");
      const wanted =
        currencyFor(given, invoice) ?? (given.pricing?.price || given.price_data ? null : customer.currency);
      const target = { customer: customer.id, invoice_item: id };
      const { line, currency } = readLine(account, given, wanted ?? null, target);
      settleCurrency(account, customer, currency);
      const whole = { ...line, subscription: subscription?.id ?? null };
      const item = account.tables.invoiceItems.put(
        buildItem(account, customer, currency, whole, invoice?.id ?? null, id),
      );
      emit(account, "invoiceitem.created", item);
      followItem(account, item);
      return item;
    },
  }),
  route("GET /v1/invoiceitems/:id", { handle: (account, _, call) => existingItem(account, call.path.id ?? "") }),
  route("POST /v1/invoiceitems/:id", {
    parameters: itemMembers,
    unsupported: [...UNSUPPORTED, "invoicing_rules"],
    handle: (account, given, call) => updateItem(account, existingItem(account, call.path.id ?? ""), given),
  }),
  route("DELETE /v1/invoiceitems/:id", {
    handle: (account, _, call) => deleteItem(account, existingItem(account, call.path.id ?? "")),
  }),
  route("GET /v1/invoiceitems", {
    parameters: {
      ...pagination,
      created,
      customer: text.optional(),
      invoice: text.optional(),
      pending: boolean.optional(),
    },
    unsupported: ["customer_account"],
    handle(account, given) {
      const { invoiceItems } = account.tables;
      knownCustomer(account, given.customer);
      const rows = given.invoice
        ? invoiceItems.whose("invoice", given.invoice)
        : invoiceItems.whose("customer", given.customer);
      return pageOf(
        rows,
        given,
        "/v1/invoiceitems",
        (row) =>
          matchesCreated(given.created, row.date) &&
          (!given.customer || row.customer === given.customer) &&
          (given.pending === undefined || (row.invoice === null) === given.pending),
      );
    },
  }),
];
