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
 * Asks one address of the stand-in. Never throws: a lost connection is an `api_connection_error`, as in Stripe.js.
 * @param params given with POST as a form, with GET in the query
 */
export async function ask<T extends object>(
  method: "GET" | "POST",
  url: string,
  params: { [name: string]: FormValue },
): Promise<{ value: T; error?: undefined } | { error: ClientError; value?: undefined }> {
  const form = encodeForm(params);
  try {
    const response = method === "POST" ? await fetch(url, { method, body: form }) : await fetch(`${url}?${form}`);
    const body = (await response.json()) as T | { error: ClientError };
    return "error" in body ? { error: body.error } : { value: body };
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

/**
 * Calls one intent with its client secret, as a browser may with a publishable key.
 * @param action path below the intent (`confirm`, `verify_microdeposits`); none retrieves it
 */
export async function callIntent(
  base: string,
  key: string,
  clientSecret: string,
  action?: string,
  params: { [name: string]: FormValue } = {},
): Promise<ApiResult> {
  const path = `${base}/v1/${collectionOf(clientSecret)}/${encodeURIComponent(intentIdOf(clientSecret))}`;
  const given = { ...params, key, client_secret: clientSecret };
  const { value, error } = await ask<Intent>(action ? "POST" : "GET", action ? `${path}/${action}` : path, given);
  return value ? { intent: value } : { error };
}
