import type Stripe from "stripe";
import type { CreateInput } from "./parameters";

type Settings = Stripe.Subscription.PaymentSettings;

const NO_OPTIONS: NonNullable<Settings["payment_method_options"]> = {
  acss_debit: null,
  bancontact: null,
  blik: null,
  card: null,
  customer_balance: null,
  konbini: null,
  payto: null,
  pix: null,
  sepa_debit: null,
  upi: null,
  us_bank_account: null,
};

const BLANK: Settings = {
  payment_method_options: null,
  payment_method_types: null,
  save_default_payment_method: "off",
};

/** How the invoices of a subscription are to be paid, with what is given. */
export function withPayments(present: Settings | null, given: CreateInput["payment_settings"]): Settings {
  const before = present ?? BLANK;
  if (!given) return before;
  const { payment_method_options: options, payment_method_types: types, save_default_payment_method: saves } = given;
  const { card, us_bank_account: bank } = options ?? {};
  return {
    payment_method_options: options
      ? {
          ...(before.payment_method_options ?? NO_OPTIONS),
          ...(card !== undefined && {
            card: card && { network: null, request_three_d_secure: card.request_three_d_secure ?? null },
          }),
          ...(bank !== undefined && {
            us_bank_account: bank && { verification_method: bank.verification_method ?? "automatic" },
          }),
        }
      : before.payment_method_options,
    payment_method_types: types === undefined ? before.payment_method_types : types,
    save_default_payment_method: saves ?? before.save_default_payment_method,
  };
}

/** The same for an invoice, whose options have other members. */
export function invoicePayments(present: Settings | null): Partial<Stripe.Invoice.PaymentSettings> {
  const { payment_method_options: options, payment_method_types: types } = present ?? BLANK;
  const { card, us_bank_account: bank } = options ?? {};
  return {
    payment_method_options: options && {
      acss_debit: null,
      bancontact: null,
      card: card ? { request_three_d_secure: card.request_three_d_secure } : null,
      customer_balance: null,
      konbini: null,
      payto: null,
      pix: null,
      sepa_debit: null,
      upi: null,
      us_bank_account: bank ? { verification_method: bank.verification_method ?? "automatic" } : null,
    },
    payment_method_types: types,
  };
}
