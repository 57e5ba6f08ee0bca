import type { Intent } from "../browser-api";
import type { ClientError } from "./protocol";

/** Values the API's form dialect can carry: nested objects and lists become `a[b]` and `a[0]`. */
export type FormValue = string | number | boolean | null | undefined | FormValue[] | { [name: string]: FormValue };

function append(target: URLSearchParams, name: string, value: FormValue): void {
  if (value === undefined) return;
  if (value === null) target.append(name, "");
  else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) append(target, `${name}[${at}]`, item);
  } else if (typeof value === "object") {
    for (const [key, member] of Object.entries(value)) append(target, name ? `${name}[${key}]` : key, member);
  } else target.append(name, String(value));
}

/** Encodes parameters the way Stripe's API reads them; `undefined` members are left out. */
export function encodeForm(params: { [name: string]: FormValue }): URLSearchParams {
  const form = new URLSearchParams();
  append(form, "", params);
  return form;
}

export type ApiResult = { intent: Intent; error?: undefined } | { error: ClientError; intent?: undefined };

/** Which collection a client secret belongs to. */
export function collectionOf(clientSecret: string): "setup_intents" | "payment_intents" {
  return clientSecret.startsWith("seti_") ? "setup_intents" : "payment_intents";
}

/** `seti_…` or `pi_…` of a client secret. */
export function intentIdOf(clientSecret: string): string {
  return clientSecret.split("_secret_")[0] ?? clientSecret;
}

/**
 * Calls one intent with its client secret, as a browser may with a publishable key. Never throws: a lost connection is an
 * `api_connection_error`, as in Stripe.js.
 * @param action path below the intent (`confirm`, `verify_microdeposits`); none retrieves it
 */
export async function callIntent(
  base: string,
  key: string,
  clientSecret: string,
  action?: string,
  params: { [name: string]: FormValue } = {},
): Promise<ApiResult> {
  const form = encodeForm({ ...params, key, client_secret: clientSecret });
  const path = `${base}/v1/${collectionOf(clientSecret)}/${encodeURIComponent(intentIdOf(clientSecret))}`;
  try {
    const response = action
      ? await fetch(`${path}/${action}`, { method: "POST", body: form })
      : await fetch(`${path}?${form}`);
    const body = (await response.json()) as Intent | { error: ClientError };
    return "error" in body ? { error: body.error } : { intent: body };
  } catch {
    return {
      error: {
        type: "api_connection_error",
        message:
          "We are experiencing issues connecting to our payments provider. Please check your internet connection and try again.",
      },
    };
  }
}
