import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { boolean, clearable, metadata, text } from "../../http/parameters";
import { route } from "../../http/route";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { decideDispute } from "./dispute";
import { evidenceParameters } from "./evidence";

function existing(account: Account, id: string): Stripe.Dispute {
  const dispute = account.tables.disputes.get(id);
  if (!dispute) throw resourceMissing("dispute", id);
  return dispute;
}

/** Stripe's test evidence decides at once; anything else stays under review. @see https://docs.stripe.com/testing#disputes */
function decideByTestEvidence(account: Account, dispute: Stripe.Dispute): Stripe.Dispute {
  const said = dispute.evidence.uncategorized_text;
  if (said === "winning_evidence") return decideDispute(account, dispute, "won");
  if (said === "losing_evidence") return decideDispute(account, dispute, "lost");
  return dispute;
}

export const disputeRoutes = [
  route("GET /v1/disputes/:id", { handle: (account, _, call) => existing(account, call.path.id ?? "") }),
  route("POST /v1/disputes/:id", {
    parameters: {
      evidence: evidenceParameters.optional(),
      metadata: clearable(metadata).optional(),
      submit: boolean.optional(),
    },
    handle(account, given, call) {
      const dispute = existing(account, call.path.id ?? "");
      const waiting = dispute.status === "needs_response" || dispute.status === "warning_needs_response";
      if (given.evidence && !waiting)
        throw invalidRequest("Evidence cannot be updated: this dispute does not wait for a response.", {
          param: "evidence",
        });
      const evidence = { ...dispute.evidence, ...given.evidence };
      const details = dispute.evidence_details;
      const submitted = Boolean(given.evidence) && given.submit !== false;
      const updated = account.tables.disputes.put({
        ...dispute,
        evidence,
        evidence_details: {
          ...details,
          has_evidence: details.has_evidence || Boolean(given.evidence),
          submission_count: details.submission_count + (submitted ? 1 : 0),
          submission_method: submitted ? "manual" : details.submission_method,
        },
        metadata: mergeMetadata(dispute.metadata, given.metadata),
        ...(submitted && {
          status: dispute.status === "needs_response" ? ("under_review" as const) : ("warning_under_review" as const),
        }),
      });
      emit(account, "charge.dispute.updated", updated, dispute);
      return submitted ? decideByTestEvidence(account, updated) : updated;
    },
  }),
  route("POST /v1/disputes/:id/close", {
    handle: (account, _, call) => decideDispute(account, existing(account, call.path.id ?? ""), "lost"),
  }),
  route("GET /v1/disputes", {
    parameters: { ...pagination, created, charge: text.optional(), payment_intent: text.optional() },
    handle: (account, given) =>
      pageOf(
        account.tables.disputes,
        given,
        "/v1/disputes",
        (row) =>
          matchesCreated(given.created, row.created) &&
          (!given.charge || row.charge === given.charge) &&
          (!given.payment_intent || row.payment_intent === given.payment_intent),
      ),
  }),
];
