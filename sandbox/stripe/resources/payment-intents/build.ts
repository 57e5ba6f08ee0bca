import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { newClientSecret, newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { CONFIGURATION_ID, methodTypesFor } from "../method-types";
import { wholeAddress } from "../payment-methods/build";
import { methodOptionsOf } from "./method-options";
import type { CreateInput } from "./parameters";

const MAX_AMOUNT = 99_999_999;
const CURRENCIES = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()));
/** Least charge by currency, minor units; 50 where nothing else is listed. @see https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const MIN_AMOUNT: Record<string, number> = {
  gbp: 30,
  jpy: 50,
  hkd: 400,
  sek: 300,
  dkk: 250,
  nok: 300,
  mxn: 1000,
  cny: 400,
  krw: 500,
  aed: 200,
  bgn: 100,
  czk: 1500,
  huf: 17_500,
  myr: 200,
  pln: 200,
  ron: 200,
  thb: 1000,
};
/** @see https://docs.stripe.com/currencies#zero-decimal */
const ZERO_DECIMAL = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));

/** An amount as Stripe's messages write it: `$0.50 usd`, `¥50 jpy`. @param amount minor units */
function written(amount: number, currency: string): string {
  const symbol = new Intl.NumberFormat("en-US", { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(amount)
    .find(({ type }) => type === "currency")?.value;
  return `${symbol ?? ""}${ZERO_DECIMAL.has(currency) ? amount : (amount / 100).toFixed(2)} ${currency}`;
}

/** The least that can be charged in a currency, minor units. */
export function leastCharge(currency: string): number {
  return MIN_AMOUNT[currency] ?? 50;
}

/**
 * Currencies whose last digits must be zero: three decimals of which the cards' networks know two, and currencies that have lost
 * their decimals but are still written with them.
 * @see https://docs.stripe.com/currencies#special-cases
 */
const MULTIPLE_OF: Record<string, number> = { bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10, isk: 100, ugx: 100 };

/** @returns the currency in lower case, as Stripe answers it. @throws StripeFailure 400 */
export function readCurrency(given: string): string {
  const currency = given.toLowerCase();
  if (!CURRENCIES.has(currency))
    throw invalidRequest(
      `Invalid currency: ${given}. Stripe currently supports these currencies: ${[...CURRENCIES].join(", ")}`,
      { param: "currency" },
    );
  return currency;
}

/** What every charge in a currency is a multiple of, minor units. @param currency in lower case */
export function chargeStep(currency: string): number {
  return MULTIPLE_OF[currency] ?? 1;
}

/** @param amount minor units. @throws StripeFailure 400 */
export function checkMultiple(amount: number, currency: string): void {
  const multiple = chargeStep(currency);
  if (amount % multiple !== 0)
    throw invalidRequest(`Invalid amount: amounts in ${currency} must be a multiple of ${multiple}.`, {
      code: "parameter_invalid_integer",
      param: "amount",
    });
}

/** @param amount minor units. @throws StripeFailure 400 */
export function checkAmount(amount: number, currency: string): void {
  if (amount < 0)
    throw invalidRequest("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  const least = leastCharge(currency);
  if (amount < least)
    throw invalidRequest(`Amount must be at least ${written(least, currency)}`, {
      code: "amount_too_small",
      param: "amount",
    });
  if (amount > MAX_AMOUNT)
    throw invalidRequest("Amount must be no more than $999,999.99", { code: "amount_too_large", param: "amount" });
  checkMultiple(amount, currency);
}

type ShippingInput = CreateInput["shipping"] | Stripe.ConfirmationToken.Shipping;

export function shippingOf(given: ShippingInput): Stripe.PaymentIntent.Shipping | null {
  if (!given) return null;
  const { carrier, name, phone, tracking_number: tracking } = { carrier: null, tracking_number: null, ...given };
  return {
    address: wholeAddress(given.address),
    carrier: carrier ?? null,
    name,
    phone: phone ?? null,
    tracking_number: tracking ?? null,
  };
}

/** A new intent, not confirmed and not stored yet. @throws StripeFailure 400 */
export function buildPaymentIntent(account: Account, given: CreateInput): Stripe.PaymentIntent {
  const currency = readCurrency(given.currency);
  checkAmount(given.amount, currency);
  const types = methodTypesFor(given, currency);
  const automatic = given.automatic_payment_methods?.enabled !== false && !given.payment_method_types;
  const id = newId("pi");
  return {
    id,
    object: "payment_intent",
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    amount: given.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: automatic
      ? { allow_redirects: given.automatic_payment_methods?.allow_redirects ?? "always", enabled: true }
      : null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: given.capture_method ?? "automatic_async",
    client_secret: newClientSecret(id),
    confirmation_method: given.confirmation_method ?? "automatic",
    created: account.nowUnix(),
    currency,
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: given.excluded_payment_method_types ?? null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata(null, given.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: automatic ? { id: CONFIGURATION_ID, parent: null } : null,
    payment_method_options: methodOptionsOf(types, given.payment_method_options),
    payment_method_types: types,
    payment_record: null,
    processing: null,
    receipt_email: given.receipt_email ?? null,
    review: null,
    setup_future_usage: given.setup_future_usage ?? null,
    shipping: shippingOf(given.shipping),
    source: null,
    statement_descriptor: given.statement_descriptor ?? null,
    statement_descriptor_suffix: given.statement_descriptor_suffix ?? null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: given.transfer_group ?? null,
  } satisfies Stripe.PaymentIntent;
}
