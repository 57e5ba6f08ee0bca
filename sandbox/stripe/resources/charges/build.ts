import type Stripe from "stripe";
import type { Account } from "../../account";
import type { CheckedDetail, TestCard } from "../../instruments/card";
import type { Decline } from "../../instruments/declines";
import { idOf, newId } from "../../state/ids";
import { wholeAddress } from "../payment-methods/build";
import { outcomeOf } from "./outcome";

export interface ChargeTraits {
  status: "succeeded" | "failed" | "pending";
  captured: boolean;
  decline: Decline | null;
  riskLevel: TestCard["riskLevel"];
  /** The customer passed 3-D Secure for this very charge. */
  authenticated: boolean;
  mandate: string | null;
  /** What the card's bank says to the details given. */
  checks?: TestCard["checks"];
  /** Until when a hold may be captured, unix seconds. */
  captureBefore?: number;
  /** `YYYY-MM-DD`; bank debits only. */
  expectedDebitDate?: string;
}

/** What the bank said to the details the customer gave; null for those nobody gave. */
function checksOf(card: Stripe.PaymentMethod.Card, traits: ChargeTraits) {
  const results = card.checks;
  const asked = (given: string | null | undefined, detail: CheckedDetail) =>
    given ? (traits.checks?.[detail] ?? "pass") : null;
  return {
    address_line1_check: asked(results?.address_line1_check, "address_line1_check"),
    address_postal_code_check: asked(results?.address_postal_code_check, "address_postal_code_check"),
    cvc_check:
      traits.decline?.code === "incorrect_cvc" && results?.cvc_check ? "fail" : asked(results?.cvc_check, "cvc_check"),
  };
}

function cardDetails(
  intent: Stripe.PaymentIntent,
  card: Stripe.PaymentMethod.Card,
  traits: ChargeTraits,
): Stripe.Charge.PaymentMethodDetails.Card {
  const multicapture = intent.payment_method_options?.card?.request_multicapture === "if_available" && !traits.captured;
  return {
    amount_authorized: traits.status === "failed" ? null : intent.amount,
    authorization_code: traits.status === "failed" ? null : "123456",
    brand: card.brand,
    ...(traits.captureBefore && { capture_before: traits.captureBefore }),
    checks: checksOf(card, traits),
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: "disabled" },
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    incremental_authorization: { status: "unavailable" },
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: { status: multicapture ? "available" : "unavailable" },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: traits.status === "failed" ? null : newId("ntx").slice(4, 19),
    overcapture: { maximum_amount_capturable: intent.amount, status: "unavailable" },
    regulated_status: card.regulated_status,
    three_d_secure: traits.authenticated
      ? {
          authentication_flow: "challenge",
          electronic_commerce_indicator: "05",
          exemption_indicator: null,
          result: "authenticated",
          result_reason: null,
          transaction_id: newId("3ds"),
          version: "2.2.0",
        }
      : null,
    transaction_link_id: null,
    wallet: null,
  };
}

function bankDetails(
  bank: Stripe.PaymentMethod.UsBankAccount,
  traits: ChargeTraits,
): Stripe.Charge.PaymentMethodDetails.UsBankAccount {
  const { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number } = bank;
  return {
    account_holder_type,
    account_type,
    bank_name,
    fingerprint,
    last4,
    routing_number,
    ...(traits.expectedDebitDate && { expected_debit_date: traits.expectedDebitDate }),
    ...(traits.mandate && { mandate: traits.mandate }),
    payment_reference: null,
  };
}

function sepaDetails(
  debit: Stripe.PaymentMethod.SepaDebit,
  traits: ChargeTraits,
): Stripe.Charge.PaymentMethodDetails.SepaDebit {
  const { bank_code, branch_code, country, fingerprint, last4 } = debit;
  const { expectedDebitDate: date, mandate } = traits;
  return { bank_code, branch_code, country, fingerprint, last4, mandate, ...(date && { expected_debit_date: date }) };
}

/** A new charge of an intent with a method; not stored yet. */
export function buildCharge(
  account: Account,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  traits: ChargeTraits,
): Stripe.Charge {
  const failed = traits.status === "failed";
  const id = newId(method.type === "card" ? "ch" : "py");
  return {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: traits.captured && traits.status === "succeeded" ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { ...method.billing_details, address: wholeAddress(method.billing_details.address) },
    calculated_statement_descriptor:
      method.type === "card" ? (intent.statement_descriptor ?? "EVENKEEL SANDBOX") : null,
    captured: traits.captured,
    created: account.nowUnix(),
    currency: intent.currency,
    customer: idOf(intent.customer),
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failed ? (traits.decline?.code ?? null) : null,
    failure_message: failed ? (traits.decline?.message ?? null) : null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(traits.riskLevel, traits.decline),
    paid: traits.status === "succeeded",
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      type: method.type,
      ...(method.card && { card: cardDetails(intent, method.card, traits) }),
      ...(method.sepa_debit && { sepa_debit: sepaDetails(method.sepa_debit, traits) }),
      ...(method.us_bank_account && { us_bank_account: bankDetails(method.us_bank_account, traits) }),
    },
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: failed ? null : `${account.publicUrl}/receipts/${id}`,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: traits.status,
    transfer_data: null,
    transfer_group: intent.transfer_group,
  } satisfies Stripe.Charge;
}
