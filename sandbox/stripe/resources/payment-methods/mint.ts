import type Stripe from "stripe";
import type { Account } from "../../account";
import { cardFailure, invalidRequest, resourceMissing, StripeFailure, unsupported } from "../../http/errors";
import { DECLINES, declineMembers } from "../../instruments/declines";
import { bankByLiteral, bankByNumber, TEST_ROUTING_NUMBER } from "../../instruments/test-banks";
import { cardByLiteral, cardByNumber, passesLuhn } from "../../instruments/test-cards";
import { mintBankAccount, mintCard } from "./build";
import type { MethodData } from "./parameters";
import { mintSepaDebit } from "./sepa-debit";

function literalExpiry(account: Account) {
  const date = new Date(account.nowMs());
  return { month: date.getUTCMonth() + 1, year: date.getUTCFullYear() + 1 };
}

function refuseRawNumbers(param: string): StripeFailure {
  const message =
    "Sending credit card numbers directly to the Stripe API is generally unsafe. We suggest you use test tokens that map to the test card you are using, see https://stripe.com/docs/testing.";
  return new StripeFailure(402, { type: "invalid_request_error", message, param });
}

function wrongCard(code: string, message: string, member: string): StripeFailure {
  return new StripeFailure(402, { type: "card_error", code, message, param: member });
}

function mintTypedCard(account: Account, data: MethodData, number: string): Stripe.PaymentMethod {
  const digits = number.replace(/[\s-]/g, "");
  if (!passesLuhn(digits)) throw wrongCard("incorrect_number", "Your card number is incorrect.", "number");
  const { exp_month: month = 0, exp_year: given = 0, cvc } = data.card ?? {};
  const year = given < 100 ? given + 2000 : given;
  const today = new Date(account.nowMs());
  if (month < 1 || month > 12)
    throw wrongCard("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
  const months = (year - today.getUTCFullYear()) * 12 + month - (today.getUTCMonth() + 1);
  if (months < 0 || year > today.getUTCFullYear() + 50)
    throw wrongCard("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc))
    throw wrongCard("invalid_cvc", "Your card's security code is invalid.", "cvc");
  const card = cardByNumber(digits);
  if (!card) {
    const { code, declineCode, message } = DECLINES.notATestCard;
    throw new StripeFailure(402, { type: "card_error", code, decline_code: declineCode, message });
  }
  return mintCard(account, card, { month, year }, cvc !== undefined, data);
}

function mintTypedBankAccount(account: Account, data: MethodData, verifiedByBank: boolean): Stripe.PaymentMethod {
  const bank = data.us_bank_account;
  const missing = (member: string) =>
    invalidRequest(`Missing required param: us_bank_account[${member}].`, {
      code: "parameter_missing",
      param: `us_bank_account[${member}]`,
    });
  if (!bank?.account_number) throw missing("account_number");
  if (!bank.routing_number) throw missing("routing_number");
  if (bank.routing_number !== TEST_ROUTING_NUMBER || !bankByNumber(bank.account_number)) {
    const param = bank.routing_number === TEST_ROUTING_NUMBER ? "account_number" : "routing_number";
    const message = `You must use a test bank account number in test mode. Try routing number ${TEST_ROUTING_NUMBER} and account number 000123456789, or see https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#test-account-numbers.`;
    throw invalidRequest(message, {
      code: param === "account_number" ? "account_number_invalid" : "routing_number_invalid",
      param,
    });
  }
  if (!data.billing_details?.name)
    throw invalidRequest("Missing required param: billing_details[name].", {
      code: "parameter_missing",
      param: "billing_details[name]",
    });
  const details = {
    accountNumber: bank.account_number,
    routingNumber: bank.routing_number,
    holderType: bank.account_holder_type ?? "individual",
    accountType: bank.account_type ?? "checking",
    verified: verifiedByBank,
    financialConnectionsAccount: null,
  } as const;
  return mintBankAccount(account, details, data);
}

/**
 * Makes a payment method out of `payment_method_data`.
 * @param origin raw card numbers are accepted from the browser only, as on an account without raw card access
 * @throws StripeFailure as Stripe would for wrong numbers
 */
export function mintFromData(
  account: Account,
  data: MethodData,
  origin: "browser" | "server",
  verifiedByBank = false,
): Stripe.PaymentMethod {
  if (data.type === "us_bank_account") {
    if (data.us_bank_account?.financial_connections_account)
      throw unsupported("Financial Connections accounts", "us_bank_account[financial_connections_account]");
    return mintTypedBankAccount(account, data, verifiedByBank);
  }
  if (data.type === "sepa_debit") return mintSepaDebit(account, data);
  if (data.card?.token) {
    const card = data.card.token.startsWith("tok_") ? cardByLiteral(data.card.token) : undefined;
    if (!card) throw resourceMissing("token", data.card.token, "card[token]");
    return mintCard(account, card, literalExpiry(account), false, data);
  }
  if (!data.card?.number)
    throw invalidRequest("Missing required param: card[number].", { code: "parameter_missing", param: "card[number]" });
  if (origin === "server") throw refuseRawNumbers("card[number]");
  return mintTypedCard(account, data, data.card.number);
}

/** A new payment method for one of Stripe's literals (`pm_card_visa`); null when the id is not a literal. */
export function mintFromLiteral(account: Account, literal: string): Stripe.PaymentMethod | null {
  const card = cardByLiteral(literal);
  if (literal.startsWith("pm_card_") && card) return mintCard(account, card, literalExpiry(account), false, {});
  const bank = bankByLiteral(literal);
  if (!bank) return null;
  const extras = { billing_details: { name: "Jenny Rosen", email: "jenny.rosen@example.com" } };
  const details = {
    accountNumber: bank.number,
    routingNumber: TEST_ROUTING_NUMBER,
    holderType: "individual",
    accountType: "checking",
    verified: true,
    financialConnectionsAccount: null,
  } as const;
  return mintBankAccount(account, details, extras);
}

/** @throws StripeFailure 402 when the bank would refuse the card as soon as it is saved */
export function refuseDeclinedCard(number: string): void {
  const decline = cardByNumber(number)?.decline;
  if (!decline) return;
  throw cardFailure(declineMembers(decline));
}
