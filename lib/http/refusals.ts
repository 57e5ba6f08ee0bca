import type { ErrorCode } from "@/lib/errors";
import type { Endpoint } from "./endpoint";

/** Every code that an endpoint can answer with, those of its kind first. */
export function refusalsOf(endpoint: Endpoint): ErrorCode[] {
  const gated = typeof endpoint.access !== "string";
  const takesBody = gated && endpoint.method !== "GET" && endpoint.method !== "DELETE";
  const codes: ErrorCode[] = ["internal"];
  // A tenant may be named in a header, and a query that the endpoint does not know is refused whatever the method.
  if (gated) codes.push("unauthenticated", "forbidden", "not_found", "invalid_request", "rate_limited");
  if (gated && endpoint.method !== "GET") codes.push("cross_origin");
  if (takesBody) codes.push("malformed_json", "unsupported_media_type", "payload_too_large");
  if (endpoint.movesMoney) codes.push("idempotency_key_required");
  if (gated && endpoint.method === "POST")
    codes.push("idempotency_key_invalid", "idempotency_key_reused", "idempotency_key_in_use");
  return [...new Set([...codes, ...(endpoint.refusals ?? [])])];
}
