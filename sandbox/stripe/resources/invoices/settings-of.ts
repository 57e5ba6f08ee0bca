import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing, unsupported } from "../../http/errors";
import { wholeAddress } from "../payment-methods/build";
import { resolveTaxRates } from "../tax-rates/read";
import type { InvoiceInput } from "./parameters";
import { DAY_SECONDS } from "./settings";

type Settings = Stripe.Invoice.PaymentSettings;

const NO_OPTIONS: NonNullable<Settings["payment_method_options"]> = {
  acss_debit: null,
  bancontact: null,
  card: null,
  customer_balance: null,
  konbini: null,
  payto: null,
  pix: null,
  sepa_debit: null,
  upi: null,
  us_bank_account: null,
};

function paymentSettingsOf(given: NonNullable<InvoiceInput["payment_settings"]>, present: Settings): Settings {
  const options = given.payment_method_options;
  const { card, us_bank_account: bank } = options ?? {};
  return {
    default_mandate: given.default_mandate === undefined ? present.default_mandate : given.default_mandate,
    payment_method_types:
      given.payment_method_types === undefined ? present.payment_method_types : given.payment_method_types,
    payment_method_options: options
      ? {
          ...(present.payment_method_options ?? NO_OPTIONS),
          ...(card !== undefined && {
            card: card && { request_three_d_secure: card.request_three_d_secure ?? "automatic" },
          }),
          ...(bank !== undefined && {
            us_bank_account: bank && { verification_method: bank.verification_method ?? "automatic" },
          }),
        }
      : present.payment_method_options,
  };
}

function shippingOf(given: InvoiceInput["shipping_details"]): Stripe.Invoice.ShippingDetails | null {
  if (!given) return null;
  const { address, name, phone = null } = given;
  return { address: wholeAddress(address), carrier: null, name, phone, tracking_number: null };
}

/** The due date that is asked for, unix seconds; undefined leaves it. @throws StripeFailure 400 */
export function dueDateOf(
  given: InvoiceInput,
  method: Stripe.Invoice.CollectionMethod,
  createdUnix: number,
): number | undefined {
  const asked =
    given.due_date !== undefined ? "due_date" : given.days_until_due !== undefined ? "days_until_due" : null;
  if (asked && method !== "send_invoice")
    throw invalidRequest(`\`${asked}\` may only be set if \`collection_method\` is \`send_invoice\`.`, {
      param: asked,
    });
  if (given.due_date !== undefined && given.days_until_due !== undefined)
    throw invalidRequest("You may only specify one of these parameters: days_until_due, due_date.", {
      param: "due_date",
    });
  if (given.due_date !== undefined) return given.due_date;
  return given.days_until_due === undefined ? undefined : createdUnix + given.days_until_due * DAY_SECONDS;
}

/**
 * The members of an invoice that its parameters say, without discounts and dates.
 * @throws StripeFailure 400, 404
 */
export function settingsOf(
  account: Account,
  given: InvoiceInput,
  present: Pick<Stripe.Invoice, "payment_settings" | "customer">,
): Partial<Stripe.Invoice> {
  if (given.automatic_tax?.enabled) throw unsupported("automatic tax", "automatic_tax[enabled]");
  const method = given.default_payment_method;
  if (method && account.tables.paymentMethods.get(method)?.customer !== present.customer)
    throw resourceMissing("PaymentMethod", method, "default_payment_method");
  const plain = {
    auto_advance: given.auto_advance,
    collection_method: given.collection_method,
    custom_fields: given.custom_fields,
    default_payment_method: method,
    description: given.description,
    effective_at: given.effective_at,
    footer: given.footer,
    number: given.number,
    statement_descriptor: given.statement_descriptor,
  };
  return {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
    ...(given.default_tax_rates !== undefined && {
      default_tax_rates: resolveTaxRates(account, given.default_tax_rates ?? [], "default_tax_rates"),
    }),
    ...(given.payment_settings && {
      payment_settings: paymentSettingsOf(given.payment_settings, present.payment_settings),
    }),
    ...(given.shipping_details !== undefined && { shipping_details: shippingOf(given.shipping_details) }),
    ...(given.rendering && {
      rendering: {
        amount_tax_display: given.rendering.amount_tax_display ?? null,
        pdf: given.rendering.pdf ? { page_size: given.rendering.pdf.page_size ?? "auto" } : null,
        template: null,
        template_version: null,
      },
    }),
  };
}
