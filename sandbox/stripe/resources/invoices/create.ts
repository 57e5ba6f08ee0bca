import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { type DiscountChoice, redeem } from "../discounts/discounts";
import { pendingItems } from "../invoice-items/pending";
import { resolveCustomer } from "../payment-methods/attach";
import { readCurrency } from "../pricing/currencies";
import { scheduleFinalization, startInvoice } from "./draft";
import type { DraftInput } from "./draft-input";
import { ownSubscription } from "./owner";
import type { CreationInput } from "./parameters";
import { reviseFrom } from "./revision";
import { dueDateOf, settingsOf } from "./settings-of";

const DEFAULT_CURRENCY = "usd";
const MAX_DELAY_SECONDS = 5 * 366 * 86_400;

/** Discounts that were asked for, or else the customer's own. */
export function discountsFor(
  account: Account,
  choices: readonly DiscountChoice[] | null | undefined,
  customer: Stripe.Customer,
  invoice: string,
): Stripe.Discount[] {
  if (choices === undefined) return customer.discount ? [customer.discount] : [];
  return redeem(account, choices ?? [], { customer: customer.id, invoice });
}

/** Unix seconds at which a draft becomes final by itself; null when it waits for somebody. @throws StripeFailure 400 */
export function finalizesAt(account: Account, given: number | undefined, autoAdvance: boolean): number | null {
  if (given === undefined) return autoAdvance ? account.nowUnix() + 3_600 : null;
  if (!autoAdvance)
    throw invalidRequest("`automatically_finalizes_at` can only be set if `auto_advance` is true.", {
      param: "automatically_finalizes_at",
    });
  if (given <= account.nowUnix() || given > account.nowUnix() + MAX_DELAY_SECONDS)
    throw invalidRequest("`automatically_finalizes_at` must be in the future, up to 5 years.", {
      param: "automatically_finalizes_at",
    });
  return given;
}

function checkNumber(account: Account, number: string | null | undefined): void {
  if (!number) return;
  for (const invoice of account.tables.invoices.oldestFirst())
    if (invoice.number === number)
      throw invalidRequest(`The invoice number ${number} is already in use.`, { param: "number" });
}

/** `POST /v1/invoices`: a draft, empty unless it takes what is pending. @throws StripeFailure 400, 404 */
export function createInvoice(account: Account, given: CreationInput): Stripe.Invoice {
  const customer = resolveCustomer(account, given.customer);
  if (given.from_invoice) return reviseFrom(account, given.from_invoice.invoice, given);
  const subscription = given.subscription ? ownSubscription(account, given.subscription, customer) : null;
  const method = given.collection_method ?? "charge_automatically";
  const dueDate = dueDateOf(given, method, account.nowUnix());
  if (method === "send_invoice" && dueDate === undefined)
    throw invalidRequest(
      "If `collection_method` is `send_invoice`, you must set either `due_date` or `days_until_due`.",
      { param: "days_until_due" },
    );
  checkNumber(account, given.number);
  const id = newId("in");
  const autoAdvance = given.auto_advance ?? false;
  const input: DraftInput = {
    customer,
    subscription,
    billingReason: "manual",
    lines: [],
    currency:
      given.currency === undefined
        ? (subscription?.currency ?? customer.currency ?? DEFAULT_CURRENCY)
        : readCurrency(given.currency),
    collectionMethod: method,
    daysUntilDue: given.days_until_due ?? null,
    dueDate: dueDate ?? null,
    autoAdvance,
    discounts: discountsFor(account, given.discounts, customer, id),
    defaultTaxRates: [],
    metadata: mergeMetadata(null, given.metadata),
    includePendingItems: given.pending_invoice_items_behavior === "include" || subscription !== null,
  };
  if (subscription && pendingItems(account, input).length === 0)
    throw invalidRequest("Nothing to invoice for subscription", {
      code: "invoice_no_subscription_line_items",
      param: "subscription",
    });
  const settings = { payment_method_options: null, payment_method_types: null, default_mandate: null };
  const at = finalizesAt(account, given.automatically_finalizes_at, autoAdvance);
  const invoice = startInvoice(account, id, input, {
    ...settingsOf(account, given, { customer: customer.id, payment_settings: settings }),
    automatically_finalizes_at: at,
    next_payment_attempt: method === "charge_automatically" ? at : null,
  });
  scheduleFinalization(account, invoice);
  return invoice;
}
