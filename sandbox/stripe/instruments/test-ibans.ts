import type { TestBank } from "./test-banks";

/** A test account that is debited by SEPA; its number is the IBAN. */
export interface TestIban extends TestBank {
  country: string;
  bankCode: string;
  branchCode: string | null;
  /** Until the bank has answered: Stripe's test mode takes moments or minutes, never days. */
  settlesAfterMs: number;
}

const MOMENT_MS = 1_000;
const MINUTES_MS = 3 * 60_000;
const REFUSED = {
  code: "debit_not_authorized",
  message: "The customer has notified their bank that this payment was unauthorized.",
};
const EMPTY = {
  code: "insufficient_funds",
  message: "The bank account has insufficient funds to complete the purchase.",
};

function iban(
  number: string,
  bankCode: string,
  settlesAfterMs: number,
  failure?: TestBank["failure"],
  branchCode: string | null = null,
): TestIban {
  return {
    number,
    name: number,
    outcome: failure ? "fails" : "succeeds",
    ...(failure && { failure }),
    country: number.slice(0, 2),
    bankCode,
    branchCode,
    settlesAfterMs,
  };
}

/** @see https://docs.stripe.com/payments/sepa-debit/accept-a-payment#test-integration */
const TEST_IBANS: readonly TestIban[] = [
  iban("AT611904300234573201", "19043", MOMENT_MS),
  iban("AT321904300235473204", "19043", MINUTES_MS),
  iban("AT861904300235473202", "19043", MOMENT_MS, REFUSED),
  iban("AT051904300235473205", "19043", MINUTES_MS, REFUSED),
  iban("AT981904300002222227", "19043", MOMENT_MS, EMPTY),
  iban("DE89370400440532013000", "37040044", MOMENT_MS),
  iban("DE08370400440532013003", "37040044", MINUTES_MS),
  iban("DE62370400440532013001", "37040044", MOMENT_MS, REFUSED),
  iban("IT40S0542811101000000123456", "05428", MOMENT_MS, undefined, "11101"),
  iban("IT60X0542811101000000123456", "05428", MOMENT_MS, REFUSED, "11101"),
];

/** @param number with or without spaces */
export function ibanByNumber(number: string): TestIban | undefined {
  const plain = number.replace(/\s/g, "").toUpperCase();
  return TEST_IBANS.find((candidate) => candidate.number === plain);
}
