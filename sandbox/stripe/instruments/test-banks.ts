/** How a test bank account behaves when it is debited. */
export interface TestBank {
  number: string;
  /** Name of the payment method that mints it, less `pm_usBankAccount_`. */
  name: string;
  outcome: "succeeds" | "fails" | "blocked" | "never_settles" | "returned";
  failure?: { code: string; message: string; networkCode?: "R02" | "R03" | "R04" | "R10" | "R29" | "R16" };
  /** The verification deposits never arrive. */
  microdepositsFail?: boolean;
}

/** @see https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#test-account-numbers */
export const TEST_BANKS: readonly TestBank[] = [
  { number: "000123456789", name: "success", outcome: "succeeds" },
  {
    number: "000111111113",
    name: "accountClosed",
    outcome: "fails",
    failure: { code: "account_closed", networkCode: "R02", message: "The bank account has been closed." },
  },
  {
    number: "000111111116",
    name: "noAccount",
    outcome: "fails",
    failure: { code: "no_account", networkCode: "R03", message: "The bank account could not be located." },
  },
  {
    number: "000222222227",
    name: "insufficientFunds",
    outcome: "fails",
    failure: {
      code: "insufficient_funds",
      message: "The bank account has insufficient funds to complete the purchase.",
    },
  },
  {
    number: "000333333335",
    name: "debitNotAuthorized",
    outcome: "fails",
    failure: {
      code: "debit_not_authorized",
      networkCode: "R10",
      message: "The customer has notified their bank that this payment was unauthorized.",
    },
  },
  {
    number: "000444444440",
    name: "invalidCurrency",
    outcome: "fails",
    failure: { code: "invalid_currency", message: "The bank account doesn't support the currency of the payment." },
  },
  {
    number: "000888888885",
    name: "tokenizedAccountNumberDeactivated",
    outcome: "fails",
    failure: {
      code: "tokenized_account_number_deactivated",
      networkCode: "R04",
      message: "The tokenized account number has been deactivated.",
    },
  },
  {
    number: "000000004954",
    name: "riskLevelHighest",
    outcome: "blocked",
    failure: { code: "payment_method_provider_decline", message: "The payment was blocked because of its high risk." },
  },
  {
    number: "000777777771",
    name: "weeklyLimitExceeded",
    outcome: "blocked",
    failure: {
      code: "charge_exceeds_source_limit",
      message: "The payment exceeds the weekly limit of this bank account.",
    },
  },
  { number: "000000000009", name: "processing", outcome: "never_settles" },
  { number: "000555555559", name: "dispute", outcome: "returned" },
  { number: "000666666661", name: "failMicrodeposits", outcome: "succeeds", microdepositsFail: true },
];

export const TEST_ROUTING_NUMBER = "110000000";
export const TEST_BANK_NAME = "STRIPE TEST BANK";

/** A number with a 9 before or after it is the same account, whose debits take minutes instead of days. */
export function isQuick(number: string): boolean {
  return TEST_BANKS.some((bank) => number === `9${bank.number}` || number === `${bank.number}9`);
}

export function bankByNumber(number: string): TestBank | undefined {
  return TEST_BANKS.find((bank) => [bank.number, `9${bank.number}`, `${bank.number}9`].includes(number));
}

/** @param literal `pm_usBankAccount_success` */
export function bankByLiteral(literal: string): TestBank | undefined {
  return TEST_BANKS.find((bank) => `pm_usBankAccount_${bank.name}` === literal);
}
