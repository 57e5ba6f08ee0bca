import type { z } from "zod";
import {
  address,
  clearable,
  clearableText,
  integer,
  metadata,
  notSupportedMembers,
  oneOf,
  oneOfThose,
  strict,
  text,
} from "../../http/parameters";
import { NOT_OFFERED, notOfferedMembers, OFFERED } from "../not-offered";

export const billingDetails = strict({
  address: clearable(address).optional(),
  email: clearableText.optional(),
  name: clearableText.optional(),
  phone: clearableText.optional(),
  tax_id: text.optional(),
});

export const allowRedisplay = oneOf("always", "limited", "unspecified");
const networks = strict({ preferred: clearableText.optional() });

const card = strict({
  number: text.optional(),
  exp_month: integer.optional(),
  exp_year: integer.optional(),
  cvc: text.optional(),
  token: text.optional(),
  networks: networks.optional(),
});

const usBankAccount = strict({
  account_holder_type: oneOf("company", "individual").optional(),
  account_number: text.optional(),
  account_type: oneOf("checking", "savings").optional(),
  financial_connections_account: text.optional(),
  routing_number: text.optional(),
});

/** The members of `payment_method_data`, and of a payment method's creation. */
export const methodData = {
  ...notOfferedMembers,
  type: oneOfThose(OFFERED, NOT_OFFERED),
  card: card.optional(),
  sepa_debit: strict({ iban: text }).optional(),
  us_bank_account: usBankAccount.optional(),
  billing_details: billingDetails.optional(),
  allow_redisplay: allowRedisplay.optional(),
  metadata: metadata.optional(),
  ...notSupportedMembers("radar_options"),
};
export const paymentMethodData = strict(methodData);

export type MethodData = z.output<typeof paymentMethodData>;
export type BillingDetails = z.output<typeof billingDetails>;

export const cardUpdate = strict({
  exp_month: integer.optional(),
  exp_year: integer.optional(),
  networks: networks.optional(),
});
export const bankUpdate = strict({
  account_holder_type: oneOf("company", "individual").optional(),
  account_type: oneOf("checking", "savings").optional(),
});
