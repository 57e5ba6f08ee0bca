import type { ErrorCode } from "@/lib/errors";
import type { Endpoint } from "./endpoint";

/** Every code that an endpoint can answer with, those of its kind first. */
export function refusalsOf(endpoint: Endpoint): ErrorCode[] {
  const gated = typeof endpoint.access !== "string";
  const takesBody = gated && endpoint.method !== "GET" && endpoint.method !== "DELETE";
  const codes: ErrorCode[] = [];
  if (gated) codes.push("unauthenticated", "forbidden", "rate_limited", "internal");
  if (gated && endpoint.method !== "GET") codes.push("cross_origin");
  if (gated && (takesBody || endpoint.query)) codes.push("invalid_request");
  if (takesBody) codes.push("malformed_json", "unsupported_media_type", "payload_too_large");
  if (gated && (endpoint.params || endpoint.tenantFromBody)) codes.push("not_found");
  if (endpoint.movesMoney) codes.push("idempotency_key_required");
  if (gated && endpoint.method === "POST")
    codes.push("idempotency_key_invalid", "idempotency_key_reused", "idempotency_key_in_use");
  return [...new Set([...codes, ...(endpoint.refusals ?? [])])];
}
