import type Stripe from "stripe";
import type { Account } from "../../account";
import { resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { clearable, clearableText, integer, metadata, oneOf, strict, text } from "../../http/parameters";
import { route } from "../../http/route";
import { search, searching } from "../../http/search";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { knownCustomer } from "../payment-methods/attach";
import { captureCharge } from "./capture";
import { chargeParameters, createCharge } from "./create";

export function existingCharge(account: Account, id: string, param = "id"): Stripe.Charge {
  const charge = account.tables.charges.get(id);
  if (!charge) throw resourceMissing("charge", id, param);
  return charge;
}

export const chargeRoutes = [
  route("POST /v1/charges", {
    parameters: chargeParameters,
    unsupported: [
      "application_fee",
      "application_fee_amount",
      "destination",
      "on_behalf_of",
      "radar_options",
      "transfer_data",
    ],
    handle: createCharge,
  }),
  route("POST /v1/charges/:id/capture", {
    parameters: {
      amount: integer.optional(),
      receipt_email: text.optional(),
      statement_descriptor: text.optional(),
      statement_descriptor_suffix: text.optional(),
    },
    unsupported: ["application_fee", "application_fee_amount", "transfer_data", "transfer_group"],
    handle: (account, given, call) => captureCharge(account, existingCharge(account, call.path.id ?? ""), given),
  }),
  route("GET /v1/charges/:id", { handle: (account, _, call) => existingCharge(account, call.path.id ?? "") }),
  route("POST /v1/charges/:id", {
    parameters: {
      description: clearableText.optional(),
      fraud_details: strict({ user_report: oneOf("fraudulent", "safe") }).optional(),
      metadata: clearable(metadata).optional(),
      receipt_email: clearableText.optional(),
      transfer_group: text.optional(),
    },
    handle(account, { metadata: given, ...plain }, call) {
      const charge = existingCharge(account, call.path.id ?? "");
      const members = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
      const updated = account.tables.charges.put({
        ...charge,
        ...members,
        metadata: mergeMetadata(charge.metadata, given),
      });
      emit(account, "charge.updated", updated, charge);
      return updated;
    },
  }),
  route("GET /v1/charges", {
    parameters: {
      ...pagination,
      created,
      customer: text.optional(),
      payment_intent: text.optional(),
      transfer_group: text.optional(),
    },
    handle: (account, given) =>
      pageOf(
        given.payment_intent
          ? account.tables.charges.whose("payment_intent", given.payment_intent)
          : account.tables.charges.whose("customer", knownCustomer(account, given.customer)),
        given,
        "/v1/charges",
        (row) =>
          matchesCreated(given.created, row.created) &&
          (!given.customer || row.customer === given.customer) &&
          (!given.transfer_group || row.transfer_group === given.transfer_group),
      ),
  }),
  route("GET /v1/charges/search", {
    parameters: searching,
    handle: (account, given) =>
      search(account.tables.charges, given, "/v1/charges/search", [
        "amount",
        "billing_details.address.postal_code",
        "created",
        "currency",
        "customer",
        "disputed",
        "metadata",
        "payment_method_details.card.brand",
        "payment_method_details.card.exp_month",
        "payment_method_details.card.exp_year",
        "payment_method_details.card.fingerprint",
        "payment_method_details.card.last4",
        "payment_method_details.us_bank_account.fingerprint",
        "payment_method_details.us_bank_account.last4",
        "refunded",
        "status",
      ]),
  }),
];
