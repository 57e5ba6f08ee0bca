import type { BrowserAnswer } from "../browser-api";
import type { Html } from "./html";

const SELF_ONLY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'";

/**
 * A page. Only the frames that belong inside other pages may be framed.
 * @param options `script`: it runs our own script; `framed`: other origins may frame it; `formTo`: where its forms may lead;
 *   `fonts`: the page around it may name fonts and their style sheets
 */
export function page(
  body: Html,
  options: { status?: number; script?: boolean; framed?: boolean; formTo?: string; fonts?: boolean } = {},
): BrowserAnswer {
  const { status = 200, script = false, framed = false, formTo = "'none'", fonts = false } = options;
  const policy = [
    fonts ? SELF_ONLY.replace("'unsafe-inline'", "'unsafe-inline' https: http:") : SELF_ONLY,
    fonts ? "font-src https: http: data:" : "",
    script ? "script-src 'self'; connect-src 'self'" : "",
    `form-action ${formTo}`,
    `frame-ancestors ${framed ? "*" : "'none'"}`,
  ];
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.filter(Boolean).join("; "),
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    },
    body: body.markup,
  };
}

export function script(body: string): BrowserAnswer {
  return {
    status: 200,
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "no-cache",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    },
    body,
  };
}

/** What a frame's script reads. */
export function json(value: object, status = 200): BrowserAnswer {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", "x-content-type-options": "nosniff" },
    body: JSON.stringify(value),
  };
}

/** After a form was handled: look at the result with a GET. */
export function seeOther(location: string): BrowserAnswer {
  return { status: 303, headers: { location, "cache-control": "no-store" }, body: "" };
}

/** The body of the error an operation threw, or null when it was not one of Stripe's. */
export function stripeError(
  thrown: unknown,
): { type: string; code?: string; decline_code?: string; message: string } | null {
  if (typeof thrown !== "object" || thrown === null || !("body" in thrown)) return null;
  const { body } = thrown;
  if (typeof body !== "object" || body === null || !("message" in body) || !("type" in body)) return null;
  const { type, message } = body;
  if (typeof type !== "string" || typeof message !== "string") return null;
  const code = "code" in body && typeof body.code === "string" ? body.code : undefined;
  const declined = "decline_code" in body && typeof body.decline_code === "string" ? body.decline_code : undefined;
  return { type, message, code, decline_code: declined };
}
