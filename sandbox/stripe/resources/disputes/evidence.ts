import type Stripe from "stripe";
import { clearableText, strict } from "../../http/parameters";

const NAMES = [
  "access_activity_log",
  "billing_address",
  "cancellation_policy",
  "cancellation_policy_disclosure",
  "cancellation_rebuttal",
  "customer_communication",
  "customer_email_address",
  "customer_name",
  "customer_purchase_ip",
  "customer_signature",
  "duplicate_charge_documentation",
  "duplicate_charge_explanation",
  "duplicate_charge_id",
  "product_description",
  "receipt",
  "refund_policy",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
  "service_date",
  "service_documentation",
  "shipping_address",
  "shipping_carrier",
  "shipping_date",
  "shipping_documentation",
  "shipping_tracking_number",
  "uncategorized_file",
  "uncategorized_text",
] as const satisfies readonly Exclude<keyof Stripe.Dispute.Evidence, "appeal" | "enhanced_evidence">[];

type Name = (typeof NAMES)[number];

/** All evidence empty. The mapped type makes the compiler see that no name is missing. */
export function noEvidence(): Stripe.Dispute.Evidence {
  const empty = Object.fromEntries(NAMES.map((name) => [name, null])) as Record<Name, null>;
  return { ...empty, enhanced_evidence: {} };
}

/** `evidence[…]` of an update: text, or the id of a file. */
export const evidenceParameters = strict(
  Object.fromEntries(NAMES.map((name) => [name, clearableText.optional()])) as Record<
    Name,
    ReturnType<typeof clearableText.optional>
  >,
);
