import type Stripe from "stripe";
import type { Account } from "../../account";
import { resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { clearable, integer, metadata, oneOf, text } from "../../http/parameters";
import { type Call, route } from "../../http/route";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { existingCharge } from "../charges/routes";
import { cancelRefund } from "./progress";
import { createRefund } from "./refund";

function existing(account: Account, call: Call): Stripe.Refund {
  const refund = account.tables.refunds.get(call.path.id ?? "");
  if (!refund) throw resourceMissing("refund", call.path.id ?? "");
  return refund;
}

const filters = { ...pagination, created, charge: text.optional(), payment_intent: text.optional() };

export const refundRoutes = [
  route("POST /v1/refunds", {
    unsupported: ["currency", "customer", "instructions_email", "origin", "refund_application_fee", "reverse_transfer"],
    parameters: {
      amount: integer.optional(),
      charge: text.optional(),
      metadata: clearable(metadata).optional(),
      payment_intent: text.optional(),
      reason: oneOf("duplicate", "fraudulent", "requested_by_customer").optional(),
    },
    handle: (account, given) => createRefund(account, given),
  }),
  route("GET /v1/refunds/:id", {
    handle: (account, _, call) => existing(account, call),
  }),
  route("POST /v1/refunds/:id", {
    parameters: { metadata: clearable(metadata).optional() },
    handle(account, given, call) {
      const refund = existing(account, call);
      const updated = account.tables.refunds.put({
        ...refund,
        metadata: mergeMetadata(refund.metadata, given.metadata),
      });
      emit(account, "refund.updated", updated, refund);
      emit(account, "charge.refund.updated", updated, refund);
      return updated;
    },
  }),
  route("POST /v1/refunds/:id/cancel", {
    handle: (account, _, call) => cancelRefund(account, existing(account, call)),
  }),
  route("GET /v1/refunds", {
    parameters: filters,
    handle: (account, given) =>
      pageOf(
        given.charge
          ? account.tables.refunds.whose("charge", existingCharge(account, given.charge, "charge").id)
          : account.tables.refunds.whose("payment_intent", given.payment_intent),
        given,
        "/v1/refunds",
        (row) =>
          matchesCreated(given.created, row.created) &&
          (!given.payment_intent || row.payment_intent === given.payment_intent),
      ),
  }),
  route("GET /v1/charges/:charge/refunds", {
    parameters: pagination,
    handle(account, given, call) {
      const charge = existingCharge(account, call.path.charge ?? "", "charge");
      return pageOf(account.tables.refunds.whose("charge", charge.id), given, `/v1/charges/${charge.id}/refunds`);
    },
  }),
];
