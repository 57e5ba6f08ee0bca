import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { boolean, clearable, metadata, text } from "../../http/parameters";
import { route } from "../../http/route";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { decideDispute, escalateInquiry, isOpen } from "./dispute";
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
  if (said === "escalate_inquiry_evidence" && dispute.status === "warning_under_review")
    return escalateInquiry(account, dispute);
  return dispute;
}

interface EvidenceInput {
  evidence?: Partial<Stripe.Dispute.Evidence> | undefined;
  metadata?: Record<string, string> | null | undefined;
  submit?: boolean | undefined;
}

/** `POST /v1/disputes/:id`. Evidence is staged with `submit=false`, and goes to the bank once, otherwise. */
function updateDispute(account: Account, dispute: Stripe.Dispute, given: EvidenceInput): Stripe.Dispute {
  const details = dispute.evidence_details;
  const waiting = dispute.status === "needs_response" || dispute.status === "warning_needs_response";
  const submits = given.submit ?? given.evidence !== undefined;
  if ((given.evidence || given.submit) && !isOpen(dispute))
    throw invalidRequest("This dispute is already closed.", { param: "dispute" });
  if ((given.evidence || given.submit) && !waiting)
    throw invalidRequest("You have already submitted evidence for this dispute.", { param: "evidence" });
  const updated = account.tables.disputes.put({
    ...dispute,
    evidence: { ...dispute.evidence, ...given.evidence },
    evidence_details: {
      ...details,
      has_evidence: details.has_evidence || given.evidence !== undefined,
      submission_count: details.submission_count + (submits ? 1 : 0),
      submission_method: submits ? "manual" : details.submission_method,
    },
    metadata: mergeMetadata(dispute.metadata, given.metadata),
    ...(submits && {
      status: dispute.status === "needs_response" ? ("under_review" as const) : ("warning_under_review" as const),
    }),
  });
  emit(account, "charge.dispute.updated", updated, dispute);
  return submits ? decideByTestEvidence(account, updated) : updated;
}

export const disputeRoutes = [
  route("GET /v1/disputes/:id", { handle: (account, _, call) => existing(account, call.path.id ?? "") }),
  route("POST /v1/disputes/:id", {
    parameters: {
      evidence: evidenceParameters.optional(),
      metadata: clearable(metadata).optional(),
      submit: boolean.optional(),
    },
    handle: (account, given, call) => updateDispute(account, existing(account, call.path.id ?? ""), given),
  }),
  route("POST /v1/disputes/:id/close", {
    handle: (account, _, call) => decideDispute(account, existing(account, call.path.id ?? ""), "lost"),
  }),
  route("GET /v1/disputes", {
    parameters: { ...pagination, created, charge: text.optional(), payment_intent: text.optional() },
    handle: (account, given) =>
      pageOf(
        given.charge
          ? account.tables.disputes.whose("charge", given.charge)
          : account.tables.disputes.whose("payment_intent", given.payment_intent),
        given,
        "/v1/disputes",
        (row) =>
          matchesCreated(given.created, row.created) &&
          (!given.payment_intent || row.payment_intent === given.payment_intent),
      ),
  }),
];
