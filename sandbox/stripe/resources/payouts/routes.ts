import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { clearable, integer, metadata, oneOf, text } from "../../http/parameters";
import { type Call, route } from "../../http/route";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { availableMinor } from "../balance/balance";
import { PAYOUT_ACCOUNT } from "../bank-accounts/payout-account";
import { checkMultiple, readCurrency } from "../payment-intents/build";
import { createPayout } from "./payout";
import { cancelPayout, reversePayout } from "./undo";

function existing(account: Account, call: Call): Stripe.Payout {
  const payout = account.tables.payouts.get(call.path.id ?? "");
  if (!payout) throw resourceMissing("payout", call.path.id ?? "", "payout");
  return payout;
}

const payoutParameters = {
  amount: integer,
  currency: text,
  description: text.optional(),
  destination: text.optional(),
  metadata: metadata.optional(),
  method: oneOf("instant", "standard").optional(),
  source_type: oneOf("bank_account", "card", "fpx").optional(),
  statement_descriptor: text.optional(),
};

export const payoutRoutes = [
  route("POST /v1/payouts", {
    parameters: payoutParameters,
    unsupported: ["payout_method"],
    handle(account, given) {
      const currency = readCurrency(given.currency);
      if (given.amount < 1)
        throw invalidRequest("This value must be greater than or equal to 1.", {
          code: "parameter_invalid_integer",
          param: "amount",
        });
      checkMultiple(given.amount, currency);
      if (given.destination && given.destination !== PAYOUT_ACCOUNT.id)
        throw resourceMissing("external account", given.destination, "destination");
      if (given.amount > availableMinor(account, currency))
        throw invalidRequest(
          "You have insufficient funds in your Stripe account for this transfer. Your card balance is too low. You can use the the /v1/balance endpoint to view your Stripe balance (for more details, see stripe.com/docs/api#balance).",
          { code: "balance_insufficient" },
        );
      return createPayout(account, {
        amountMinor: given.amount,
        currency,
        automatic: false,
        method: given.method ?? "standard",
        description: given.description ?? null,
        metadata: mergeMetadata(null, given.metadata),
        statementDescriptor: given.statement_descriptor ?? null,
        original: null,
      });
    },
  }),
  route("GET /v1/payouts/:id", { handle: (account, _, call) => existing(account, call) }),
  route("POST /v1/payouts/:id", {
    parameters: { metadata: clearable(metadata).optional() },
    handle(account, given, call) {
      const payout = existing(account, call);
      const updated = account.tables.payouts.put({
        ...payout,
        metadata: mergeMetadata(payout.metadata, given.metadata),
      });
      emit(account, "payout.updated", updated, payout);
      return updated;
    },
  }),
  route("POST /v1/payouts/:id/cancel", {
    handle: (account, _, call) => cancelPayout(account, existing(account, call)),
  }),
  route("POST /v1/payouts/:id/reverse", {
    parameters: { metadata: metadata.optional() },
    handle: (account, given, call) =>
      reversePayout(account, existing(account, call), mergeMetadata(null, given.metadata)),
  }),
  route("GET /v1/payouts", {
    parameters: {
      ...pagination,
      arrival_date: created,
      created,
      destination: text.optional(),
      status: oneOf("canceled", "failed", "in_transit", "paid", "pending").optional(),
    },
    handle: (account, given) =>
      pageOf(
        account.tables.payouts,
        given,
        "/v1/payouts",
        (row) =>
          matchesCreated(given.created, row.created) &&
          matchesCreated(given.arrival_date, row.arrival_date) &&
          (!given.destination || row.destination === given.destination) &&
          (!given.status || row.status === given.status),
      ),
  }),
];
