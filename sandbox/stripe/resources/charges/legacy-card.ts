import type Stripe from "stripe";
import type { Account } from "../../account";
import { resourceMissing } from "../../http/errors";
import { cardByLiteral, type TestCard } from "../../instruments/test-cards";
import { fingerprintOf, newId } from "../../state/ids";

/** Brands as the older card object names them. */
const BRANDS: Record<string, string> = {
  amex: "American Express",
  diners: "Diners Club",
  discover: "Discover",
  jcb: "JCB",
  mastercard: "MasterCard",
  unionpay: "UnionPay",
  visa: "Visa",
};

/** A card of the time before payment methods, made from a token (`tok_visa`). @throws StripeFailure 404 */
export function mintLegacyCard(account: Account, token: string): { card: Stripe.Card; known: TestCard } {
  const known = token.startsWith("tok_") ? cardByLiteral(token) : undefined;
  if (!known) throw resourceMissing("token", token, "source");
  const date = new Date(account.nowMs());
  const card = {
    id: newId("card"),
    object: "card",
    address_city: null,
    address_country: null,
    address_line1: null,
    address_line1_check: null,
    address_line2: null,
    address_state: null,
    address_zip: null,
    address_zip_check: null,
    brand: BRANDS[known.brand] ?? "Unknown",
    country: known.country,
    customer: null,
    cvc_check: null,
    dynamic_last4: null,
    exp_month: date.getUTCMonth() + 1,
    exp_year: date.getUTCFullYear() + 1,
    fingerprint: fingerprintOf(known.number),
    funding: known.funding,
    last4: known.number.slice(-4),
    metadata: {},
    name: null,
    regulated_status: "unregulated",
    tokenization_method: null,
  } satisfies Stripe.Card;
  account.tables.instruments.put({
    id: card.id,
    kind: "card",
    number: known.number,
    setUp: false,
    verified: true,
    mandate: null,
    spent: true,
  });
  return { card, known };
}
