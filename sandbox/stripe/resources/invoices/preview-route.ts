import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, unsupported } from "../../http/errors";
import { route } from "../../http/route";
import { idOf, newId } from "../../state/ids";
import { addPendingItem } from "../invoice-items/create";
import { existingItem, readLine } from "../invoice-items/read";
import { updateItem } from "../invoice-items/update";
import { resolveCustomer } from "../payment-methods/attach";
import { wholeAddress } from "../payment-methods/build";
import { readCurrency } from "../pricing/currencies";
import { livingSubscription } from "../subscriptions/read";
import { bookOf } from "./book";
import { discountsFor } from "./create";
import { draftInvoice } from "./draft";
import { figure } from "./figure";
import { type PreviewInput, type PreviewItem, previewParameters, UNSUPPORTED } from "./preview-parameters";
import { rehearseSubscription } from "./preview-subscription";

/** The customer as the preview imagines it. @throws StripeFailure 400, 404 */
function imaginedCustomer(account: Account, given: PreviewInput): Stripe.Customer {
  const id = given.customer ?? (given.subscription && idOf(livingSubscription(account, given.subscription).customer));
  if (!id) {
    if (!given.customer_details)
      throw invalidRequest("You must pass one of the following parameters: customer, customer_details, subscription.", {
        param: "customer",
      });
    throw unsupported("previews for nobody in particular", "customer_details");
  }
  const customer = resolveCustomer(account, id);
  const { address, shipping, tax_exempt: exempt } = given.customer_details ?? {};
  return account.tables.customers.put({
    ...customer,
    ...(address !== undefined && { address: address && wholeAddress(address) }),
    ...(shipping !== undefined && {
      shipping: shipping && { ...shipping, phone: shipping.phone ?? null, address: wholeAddress(shipping.address) },
    }),
    ...(exempt !== undefined && { tax_exempt: exempt ?? "none" }),
  });
}

/** Adds an item that is only asked about, or changes one that waits. */
function imagineItem(account: Account, customer: Stripe.Customer, given: PreviewItem, currency: string | null): void {
  const { invoiceitem: id, price, unit_amount: unit, currency: own, ...rest } = given;
  const line = {
    ...rest,
    ...(price !== undefined && { pricing: { price } }),
    ...(unit !== undefined && { unit_amount_decimal: String(unit) }),
  };
  if (id) {
    updateItem(account, existingItem(account, id), line);
    return;
  }
  const wanted = own === undefined ? currency : readCurrency(own);
  const read = readLine(account, line, price || given.price_data ? null : (wanted ?? customer.currency ?? null), {
    customer: customer.id,
  });
  addPendingItem(account, customer, read.currency, read.line);
}

function nothingUpcoming(customer: Stripe.Customer): Error {
  return invalidRequest(`No upcoming invoices for customer: ${customer.id}`, {
    status: 404,
    code: "invoice_upcoming_none",
  });
}

/** The invoice of what waits, when there is no subscription to ask about. */
function oneOff(account: Account, customer: Stripe.Customer, given: PreviewInput): Stripe.Invoice {
  const waiting = [...account.tables.invoiceItems.whose("customer", customer.id).newestFirst()].filter(
    (item) => item.invoice === null,
  );
  const currency = given.currency ? readCurrency(given.currency) : waiting[0]?.currency;
  if (!currency || !waiting.some((item) => item.currency === currency)) throw nothingUpcoming(customer);
  return draftInvoice(account, {
    customer,
    subscription: null,
    billingReason: "upcoming",
    lines: [],
    currency,
    collectionMethod: "charge_automatically",
    autoAdvance: true,
    discounts: discountsFor(account, undefined, customer, ""),
    defaultTaxRates: [],
    includePendingItems: true,
  });
}

/** The invoice as a draft that is not there: nothing of it can be asked for again. */
function asUpcoming(account: Account, made: Stripe.Invoice, given: PreviewInput): Stripe.Invoice {
  const id = newId("upcoming_in");
  const customer = idOf(made.customer) ?? "";
  const drafted: Stripe.Invoice = {
    ...made,
    amount_overpaid: 0,
    amount_paid: 0,
    attempted: false,
    attempt_count: 0,
    automatically_finalizes_at: null,
    billing_reason: "upcoming",
    effective_at: null,
    ending_balance: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    next_payment_attempt: made.collection_method === "charge_automatically" ? made.created + 3_600 : null,
    number: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    ...(given.discounts !== undefined && {
      discounts: discountsFor(account, given.discounts, resolveCustomer(account, customer), made.id).map(
        (discount) => discount.id,
      ),
    }),
  };
  const whole = made.status === "draft" || given.discounts !== undefined;
  const { lines } = bookOf(account, made.id);
  const { invoice, shown } = whole
    ? figure(account, drafted, lines)
    : { invoice: { ...drafted, amount_remaining: drafted.amount_due }, shown: bookOf(account, made.id).shown };
  const data = shown.map((line) => ({ ...line, id: newId("il_tmp"), invoice: id }));
  return {
    ...invoice,
    id,
    lines: { object: "list", data, has_more: false, url: `/v1/invoices/${id}/lines` },
  };
}

/**
 * `POST /v1/invoices/create_preview`: everything is really done, answered and undone, so that a preview cannot say anything
 * else than the invoice will.
 */
function createPreview(account: Account, given: PreviewInput): Stripe.Invoice {
  if (given.automatic_tax?.enabled) throw unsupported("automatic tax", "automatic_tax[enabled]");
  if (given.preview_mode === "recurring") throw unsupported("previews of recurring amounts", "preview_mode");
  return account.store.rehearse(() => {
    const customer = imaginedCustomer(account, given);
    const currency = given.currency ? readCurrency(given.currency) : null;
    for (const item of given.invoice_items ?? []) imagineItem(account, customer, item, currency);
    const made = rehearseSubscription(account, customer.id, given);
    if (!made && given.subscription) throw nothingUpcoming(customer);
    return asUpcoming(account, made ?? oneOff(account, customer, given), given);
  });
}

export const invoicePreviewRoutes = [
  route("POST /v1/invoices/create_preview", {
    parameters: previewParameters,
    unsupported: UNSUPPORTED,
    handle: createPreview,
  }),
];
