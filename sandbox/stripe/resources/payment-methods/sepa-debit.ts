import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { ibanByNumber } from "../../instruments/test-ibans";
import { fingerprintOf } from "../../state/ids";
import { common } from "./build";
import type { MethodData } from "./parameters";

function required(param: string): Error {
  return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

/**
 * Stores a new method that is debited by SEPA, not attached to anybody.
 * @throws StripeFailure 400 without IBAN, name or e-mail address, and for an IBAN that is not one of the test IBANs
 */
export function mintSepaDebit(account: Account, data: MethodData): Stripe.PaymentMethod {
  const given = data.sepa_debit?.iban;
  if (!given) throw required("sepa_debit[iban]");
  for (const name of ["name", "email"] as const)
    if (!data.billing_details?.[name]) throw required(`billing_details[${name}]`);
  const iban = ibanByNumber(given);
  if (!iban)
    throw invalidRequest("The IBAN you provided is invalid. In test mode, use one of Stripe's test IBANs.", {
      param: "sepa_debit[iban]",
    });
  const method = {
    ...common(account, data),
    sepa_debit: {
      bank_code: iban.bankCode,
      branch_code: iban.branchCode,
      country: iban.country,
      fingerprint: fingerprintOf(iban.number),
      generated_from: { charge: null, setup_attempt: null },
      last4: iban.number.slice(-4),
    },
    type: "sepa_debit",
  } satisfies Stripe.PaymentMethod;
  account.tables.instruments.put({
    id: method.id,
    kind: "sepa_debit",
    number: iban.number,
    setUp: false,
    verified: true,
    mandate: null,
    spent: false,
  });
  return account.tables.paymentMethods.put(method);
}
