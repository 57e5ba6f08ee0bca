import type { Env } from "@/lib/env";

type Settings = Pick<Env, "NODE_ENV" | "BILLING_URL" | "STRIPE_JS_URL" | "STRIPE_API_BASE" | "SANDBOX_STRIPE_URL">;

const STRIPE_SCRIPTS = ["https://js.stripe.com", "https://*.js.stripe.com"];
const STRIPE_FRAMES = [...STRIPE_SCRIPTS, "https://hooks.stripe.com"];
const STRIPE_CALLS = ["https://api.stripe.com"];

const origins = (...urls: (string | undefined)[]) => [
  ...new Set(urls.flatMap((url) => (url ? [new URL(url).origin] : []))),
];

/**
 * The Content-Security-Policy of a page (docs.stripe.com/security/guide#content-security-policy): our own origin, and Stripe's
 * or its stand-in's for what Stripe.js loads, frames and calls.
 */
export function contentSecurityPolicy(nonce: string, env: Settings): string {
  const standIn = origins(env.STRIPE_JS_URL, env.STRIPE_API_BASE, env.SANDBOX_STRIPE_URL);
  const [scripts, frames, calls] = standIn.length
    ? [standIn, standIn, standIn]
    : [STRIPE_SCRIPTS, STRIPE_FRAMES, STRIPE_CALLS];
  // React's development build evaluates code to show better stacks.
  const development = env.NODE_ENV === "development" ? ["'unsafe-eval'"] : [];
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, ...development, ...scripts],
    // Charts and overlays place themselves with style attributes, which no nonce can allow.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:", ...(standIn.length ? standIn : ["https://*.stripe.com"])],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'", ...calls],
    "frame-src": frames,
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'self'"],
    "object-src": ["'none'"],
  };
  const text = Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(" ")}`);
  if (env.BILLING_URL.startsWith("https://")) text.push("upgrade-insecure-requests");
  return text.join("; ");
}

/** The headers that every page carries, beside the policy. */
export function securityHeaders(env: Settings): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    ...(env.BILLING_URL.startsWith("https://")
      ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" }
      : {}),
  };
}

/** Whether a request that came by plain http has to come again by https. FORCE_HTTPS decides; without it, the public address does. */
export function needsHttps(forwardedProto: string | null, env: Pick<Env, "FORCE_HTTPS" | "BILLING_URL">): boolean {
  const forced = env.FORCE_HTTPS ?? env.BILLING_URL.startsWith("https://");
  return forced && forwardedProto?.split(",")[0]?.trim() === "http";
}
