import { expect, test } from "vitest";
import { contentSecurityPolicy, needsHttps, securityHeaders } from "./security-headers";

const real = { NODE_ENV: "production", BILLING_URL: "https://billing.example" } as const;
const sandbox = {
  NODE_ENV: "production",
  BILLING_URL: "http://localhost:3010",
  STRIPE_JS_URL: "http://127.0.0.1:4242/js/stripe.js",
  STRIPE_API_BASE: "http://127.0.0.1:4242",
} as const;
const directive = (policy: string, name: string) =>
  policy
    .split("; ")
    .find((each) => each.startsWith(`${name} `))
    ?.slice(name.length + 1);

test("with real Stripe its origins are let in and nothing else", () => {
  const policy = contentSecurityPolicy("abc", real);
  expect(directive(policy, "script-src")).toBe("'self' 'nonce-abc' https://js.stripe.com https://*.js.stripe.com");
  expect(directive(policy, "frame-src")).toBe("https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com");
  expect(directive(policy, "connect-src")).toBe("'self' https://api.stripe.com");
  expect(policy).toContain("upgrade-insecure-requests");
  expect(policy).not.toContain("unsafe-eval");
});

test("with a stand-in its origin takes the place of Stripe's", () => {
  const policy = contentSecurityPolicy("abc", sandbox);
  expect(directive(policy, "script-src")).toBe("'self' 'nonce-abc' http://127.0.0.1:4242");
  expect(directive(policy, "frame-src")).toBe("http://127.0.0.1:4242");
  expect(policy).not.toContain("stripe.com");
  expect(policy).not.toContain("upgrade-insecure-requests");
});

test("browsers are told to stay on https only where it is served", () => {
  expect(securityHeaders(real)).toHaveProperty("Strict-Transport-Security");
  expect(securityHeaders(sandbox)).not.toHaveProperty("Strict-Transport-Security");
});

test.each([
  ["http", undefined, "https://billing.example", true],
  ["https", undefined, "https://billing.example", false],
  ["http", undefined, "http://localhost:3010", false],
  ["http", true, "http://localhost:3010", true],
  ["http", false, "https://billing.example", false],
  ["http, https", undefined, "https://billing.example", true],
  [null, undefined, "https://billing.example", false],
])("proto %s, FORCE_HTTPS %s, %s → redirected %s", (proto, FORCE_HTTPS, BILLING_URL, expected) => {
  expect(needsHttps(proto, { FORCE_HTTPS, BILLING_URL })).toBe(expected);
});
