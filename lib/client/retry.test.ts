import { expect, test } from "vitest";
import { BillingError, type BillingErrorCode } from "./error";
import { waitBeforeRetry } from "./retry";

const wait = (method: string, code: BillingErrorCode, status: number, more: { after?: string; tries?: number } = {}) =>
  waitBeforeRetry(method, new BillingError("x", { code, status }), more.tries ?? 1, more.after ?? null, 1);

test.each([
  ["GET", "unreachable", 0],
  ["POST", "timeout", 0],
  ["PUT", "internal", 500],
  ["DELETE", "stripe_unavailable", 502],
  ["POST", "unexpected_answer", 503],
  ["POST", "idempotency_key_in_use", 409],
  ["PATCH", "rate_limited", 429],
] as const)("%s after %s (%i) is made again", (method, code, status) => {
  expect(wait(method, code, status)).toBe(250);
});

test.each([
  ["PATCH", "unreachable", 0],
  ["PATCH", "internal", 500],
  ["POST", "invalid_request", 422],
  ["POST", "idempotency_key_reused", 409],
  ["POST", "payment_method_declined", 402],
  ["GET", "not_found", 404],
  ["GET", "unauthenticated", 401],
] as const)("%s after %s (%i) is not", (method, code, status) => {
  expect(wait(method, code, status)).toBeNull();
});

test("waits as the server says, unless that is longer than anybody would wait in a call", () => {
  expect(wait("GET", "rate_limited", 429, { after: "7" })).toBe(7_000);
  expect(wait("GET", "rate_limited", 429, { after: "0" })).toBe(0);
  expect(wait("GET", "rate_limited", 429, { after: "3600" })).toBeNull();
  expect(wait("GET", "rate_limited", 429, { after: "tomorrow" })).toBe(250);
});

test("else twice as long each time, to a limit, and spread", () => {
  expect([1, 2, 3, 10].map((tries) => wait("GET", "internal", 500, { tries }))).toEqual([250, 500, 1_000, 8_000]);
  const error = new BillingError("x", { code: "internal", status: 500 });
  expect(waitBeforeRetry("GET", error, 1, null, 0)).toBe(125);
});
