import type Stripe from "stripe";
import type { z } from "zod";
import type { Account } from "../../account";
import { cardFailure, invalidRequest } from "../../http/errors";
import { boolean, clearable, integer, metadata, text } from "../../http/parameters";
import { declineMembers } from "../../instruments/declines";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { buildPaymentIntent } from "../payment-intents/build";
import { DISPUTE_AFTER_MS } from "../payment-intents/charge-card";
import { AUTHORIZATION_MS } from "../payment-intents/outcome";
import { resolveCustomer } from "../payment-methods/attach";
import { mintCard } from "../payment-methods/build";
import { shippingParameters } from "../shipping";
import { bookCharge } from "./book";
import { buildCharge } from "./build";
import { mintLegacyCard } from "./legacy-card";

export const chargeParameters = {
  amount: integer,
  capture: boolean.optional(),
  currency: text,
  customer: text.optional(),
  description: text.optional(),
  metadata: clearable(metadata).optional(),
  receipt_email: text.optional(),
  shipping: shippingParameters.optional(),
  source: text.optional(),
  statement_descriptor: text.optional(),
  statement_descriptor_suffix: text.optional(),
  transfer_group: text.optional(),
};

type Given = z.output<z.ZodObject<typeof chargeParameters>>;

/**
 * `POST /v1/charges`, the way to pay before payment intents: with a card's token only, without authentication.
 * A decline is thrown, and its failed charge is kept.
 */
export function createCharge(account: Account, given: Given): Stripe.Charge {
  if (given.customer) resolveCustomer(account, given.customer);
  if (!given.source)
    throw invalidRequest(
      given.customer ? "Cannot charge a customer that has no active card" : "Must provide source or customer.",
      { code: "missing", param: given.customer ? "card" : "source" },
    );
  const { card, known } = mintLegacyCard(account, given.source);
  const decline = known.decline ?? known.chargeDecline ?? null;
  const captured = given.capture !== false;
  // The amount, the currency and the card look the same as those of an intent that is never stored.
  const { source: _source, capture: _capture, metadata: given_metadata, ...plain } = given;
  const intent = buildPaymentIntent(account, { ...plain, metadata: given_metadata ?? undefined });
  const method = mintCard(account, known, { month: card.exp_month, year: card.exp_year }, false, {});
  const built = buildCharge(account, intent, method, {
    status: decline ? "failed" : "succeeded",
    captured: captured && !decline,
    decline,
    riskLevel: known.riskLevel,
    authenticated: false,
    mandate: null,
    ...(!captured && !decline && { captureBefore: account.nowUnix() + AUTHORIZATION_MS / 1000 }),
  });
  account.tables.paymentMethods.delete(method.id);
  account.tables.instruments.delete(method.id);
  const charge = account.tables.charges.put({
    ...built,
    payment_intent: null,
    payment_method: card.id,
    source: card,
  });
  if (decline) {
    emit(account, "charge.failed", charge);
    throw cardFailure({ ...declineMembers(decline), charge: charge.id });
  }
  const booked = captured ? bookCharge(account, charge) : charge;
  emit(account, "charge.succeeded", booked);
  if (known.dispute) schedule(account, "card_dispute_opens", charge.id, account.nowMs() + DISPUTE_AFTER_MS);
  return booked;
}
