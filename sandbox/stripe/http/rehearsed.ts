import type { Fault } from "../control/faults";
import { type Answer, errorAnswer } from "./answer";
import { type ErrorBody, StripeFailure } from "./errors";

const TYPES: Record<number, ErrorBody["type"]> = {
  400: "invalid_request_error",
  402: "card_error",
  404: "invalid_request_error",
  409: "invalid_request_error",
  429: "invalid_request_error",
};
const CODES: Record<number, string> = { 409: "idempotency_key_in_use", 429: "rate_limit" };

function headersFor(code: string | undefined): Record<string, string> {
  if (code === "rate_limit") return { "stripe-rate-limited-reason": "global-rate" };
  // Stripe tells its SDKs to repeat what met a lock.
  return code === "lock_timeout" ? { "stripe-should-retry": "true" } : {};
}

/** The answer of a fault with a status. */
export function rehearsedAnswer(fault: Fault): Answer {
  const status = fault.status ?? 500;
  const code = fault.code ?? CODES[status];
  const message = `Rehearsed failure with status ${status}.`;
  const body = { type: TYPES[status] ?? "api_error", message, ...(code && { code }) };
  return errorAnswer(new StripeFailure(status, body, false, headersFor(code)));
}
