import type Stripe from "stripe";
import { TEST_BANK_NAME, TEST_ROUTING_NUMBER } from "../../instruments/test-banks";
import { fingerprintOf } from "../../state/ids";

export const ACCOUNT_ID = "acct_1StandIn0000000000";
export const ACCOUNT_CURRENCY = "usd";

/** The bank account of the merchant, to which payouts go. */
export const PAYOUT_ACCOUNT: Stripe.BankAccount = {
  id: "ba_1StandInPayouts000000000",
  object: "bank_account",
  account: ACCOUNT_ID,
  account_holder_name: "Stand-in",
  account_holder_type: "company",
  account_type: "checking",
  available_payout_methods: ["standard"],
  bank_name: TEST_BANK_NAME,
  country: "US",
  currency: ACCOUNT_CURRENCY,
  default_for_currency: true,
  fingerprint: fingerprintOf(`${TEST_ROUTING_NUMBER}/000123456789`),
  last4: "6789",
  metadata: {},
  routing_number: TEST_ROUTING_NUMBER,
  status: "new",
};
