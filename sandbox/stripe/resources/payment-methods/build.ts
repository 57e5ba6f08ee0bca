import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { TEST_BANK_NAME } from "../../instruments/test-banks";
import type { TestCard } from "../../instruments/test-cards";
import { fingerprintOf, newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import type { BillingDetails, MethodData } from "./parameters";

type Extras = Pick<MethodData, "allow_redisplay" | "billing_details" | "card" | "metadata">;

/** An address with every member, the missing ones null. */
export function wholeAddress(
  given: Partial<Record<keyof Stripe.Address, string | null | undefined>> | null | undefined,
): Stripe.Address {
  return {
    city: given?.city ?? null,
    country: given?.country ?? null,
    line1: given?.line1 ?? null,
    line2: given?.line2 ?? null,
    postal_code: given?.postal_code ?? null,
    state: given?.state ?? null,
  };
}

/** Merges given details into what is known. */
export function mergeBillingDetails(
  current: Stripe.PaymentMethod.BillingDetails | null,
  given: BillingDetails | undefined,
): Stripe.PaymentMethod.BillingDetails {
  const { address, ...rest } = given ?? {};
  const known = current ?? { address: null, email: null, name: null, phone: null, tax_id: null };
  const merged = { ...known, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) };
  if (address === null) return { ...merged, address: wholeAddress(null) };
  return { ...merged, address: wholeAddress({ ...known.address, ...address }) };
}

/** What methods of every type have. */
export function common(account: Account, extras: Extras) {
  return {
    id: newId("pm"),
    object: "payment_method" as const,
    allow_redisplay: extras.allow_redisplay ?? "unspecified",
    billing_details: mergeBillingDetails(null, extras.billing_details),
    created: account.nowUnix(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: mergeMetadata(null, extras.metadata),
  };
}

/**
 * The network a co-branded card is charged over. @param preferred null unsets it, undefined leaves it
 * @throws StripeFailure 400 for a network the card does not have
 */
export function preferredNetwork(
  card: Stripe.PaymentMethod.Card,
  preferred: string | null | undefined,
): Pick<Stripe.PaymentMethod.Card, "networks"> {
  if (preferred === undefined || !card.networks) return { networks: card.networks };
  if (preferred !== null && !card.networks.available.includes(preferred))
    throw invalidRequest(`The card cannot be charged over the network ${preferred}.`, {
      param: "card[networks][preferred]",
    });
  return { networks: { ...card.networks, preferred } };
}

/** Stores a new card method, not attached to anybody. */
export function mintCard(
  account: Account,
  card: TestCard,
  expiry: { month: number; year: number },
  cvcGiven: boolean,
  extras: Extras,
): Stripe.PaymentMethod {
  const { address } = extras.billing_details ?? {};
  const method = {
    ...common(account, extras),
    card: {
      brand: card.brand,
      checks: {
        address_line1_check: address?.line1 ? "unchecked" : null,
        address_postal_code_check: address?.postal_code ? "unchecked" : null,
        cvc_check: cvcGiven ? "unchecked" : null,
      },
      country: card.country,
      display_brand: card.brand === "amex" ? "american_express" : card.brand,
      exp_month: expiry.month,
      exp_year: expiry.year,
      fingerprint: fingerprintOf(card.number),
      funding: card.funding,
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [...(card.coBrand ? [card.coBrand] : []), card.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: card.brand !== "unionpay" },
      wallet: null,
    },
    type: "card",
  } satisfies Stripe.PaymentMethod;
  account.tables.instruments.put({
    id: method.id,
    kind: "card",
    number: card.number,
    setUp: false,
    verified: true,
    mandate: null,
    spent: false,
  });
  return account.tables.paymentMethods.put({
    ...method,
    card: { ...method.card, ...preferredNetwork(method.card, extras.card?.networks?.preferred) },
  });
}

export interface BankDetails {
  accountNumber: string;
  routingNumber: string;
  holderType: "company" | "individual";
  accountType: "checking" | "savings";
  /** The bank itself vouched for it, so no micro-deposits are needed. */
  verified: boolean;
  financialConnectionsAccount: string | null;
}

/** Stores a new US bank account method, not attached to anybody. */
export function mintBankAccount(account: Account, bank: BankDetails, extras: Extras): Stripe.PaymentMethod {
  const method = {
    ...common(account, extras),
    type: "us_bank_account",
    us_bank_account: {
      account_holder_type: bank.holderType,
      account_type: bank.accountType,
      bank_name: TEST_BANK_NAME,
      financial_connections_account: bank.financialConnectionsAccount,
      fingerprint: fingerprintOf(`${bank.routingNumber}/${bank.accountNumber}`),
      last4: bank.accountNumber.slice(-4),
      networks: { preferred: "ach", supported: ["ach"] },
      routing_number: bank.routingNumber,
      status_details: {},
    },
  } satisfies Stripe.PaymentMethod;
  const { id } = method;
  account.tables.instruments.put({
    id,
    kind: "us_bank_account",
    number: bank.accountNumber,
    setUp: false,
    verified: bank.verified,
    mandate: null,
    spent: false,
  });
  return account.tables.paymentMethods.put(method);
}
