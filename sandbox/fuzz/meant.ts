import type { Change } from "./changes";

/** A change that is meant although the request was refused, or only read. */
type Meant = { why: string; table: string; columns?: string[]; codes?: string[] };

const MEANT: Meant[] = [
  { why: "the first answer is kept for who asks again with the same key, a refusal too", table: "idempotency_keys" },
  { why: "when a token was last used is shown to its owner", table: "api_tokens", columns: ["last_used_at"] },
  {
    why: "a customer is made at Stripe at first need; what is there must be known here, whatever comes of the request",
    table: "tenants",
    columns: ["stripe_customer_id"],
  },
  {
    why: "why a top-up was not made stands in the list of decisions",
    table: "recharge_decisions",
    codes: ["no_payment_method", "nothing_to_charge", "limit_reached", "card_budget_exhausted", "recharge_stopped"],
  },
];

/** Whether a refused or merely reading request may have made a change. @param code of the refusal */
export function isMeant({ table, operation, columns }: Change, code: string | null): boolean {
  return MEANT.some(
    (each) =>
      each.table === table &&
      (each.codes === undefined || each.codes.includes(code ?? "")) &&
      (each.columns === undefined ||
        (operation === "UPDATE" && columns.every((column) => each.columns?.includes(column)))),
  );
}
