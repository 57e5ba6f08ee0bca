import { resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { clearable, integer, metadata, oneOf, text } from "../../http/parameters";
import { route } from "../../http/route";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { createRefund } from "./refund";

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
    handle(account, _, call) {
      const refund = account.tables.refunds.get(call.path.id ?? "");
      if (!refund) throw resourceMissing("refund", call.path.id ?? "");
      return refund;
    },
  }),
  route("POST /v1/refunds/:id", {
    parameters: { metadata: clearable(metadata).optional() },
    handle(account, given, call) {
      const refund = account.tables.refunds.get(call.path.id ?? "");
      if (!refund) throw resourceMissing("refund", call.path.id ?? "");
      const updated = account.tables.refunds.put({
        ...refund,
        metadata: mergeMetadata(refund.metadata, given.metadata),
      });
      emit(account, "refund.updated", updated, refund);
      emit(account, "charge.refund.updated", updated, refund);
      return updated;
    },
  }),
  route("GET /v1/refunds", {
    parameters: filters,
    handle: (account, given) =>
      pageOf(
        account.tables.refunds,
        given,
        "/v1/refunds",
        (row) =>
          matchesCreated(given.created, row.created) &&
          (!given.charge || row.charge === given.charge) &&
          (!given.payment_intent || row.payment_intent === given.payment_intent),
      ),
  }),
];
