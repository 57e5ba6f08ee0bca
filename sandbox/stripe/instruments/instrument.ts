import type { Account } from "../account";
import type { Row } from "../state/table";

/** What only the bank would know about a payment method. Its numbers are Stripe's published test numbers. */
export interface Instrument extends Row {
  kind: "card" | "sepa_debit" | "us_bank_account";
  /** Card number, account number or IBAN. */
  number: string;
  /** The customer has authenticated it for later use without them. */
  setUp: boolean;
  /** A bank account that may be debited. Cards need no verification. */
  verified: boolean;
  /** The authorisation to debit a bank account. */
  mandate: string | null;
  /** Detached, or used once without a customer: it may not be used again. */
  spent: boolean;
}

/** @throws when the payment method has none, which cannot be */
export function instrumentOf(account: Account, paymentMethodId: string): Instrument {
  const instrument = account.tables.instruments.get(paymentMethodId);
  if (!instrument) throw new Error(`payment method ${paymentMethodId} has no instrument`);
  return instrument;
}
