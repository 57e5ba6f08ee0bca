import { invalidRequest, type StripeFailure } from "./errors";

export type KeyKind = "secret" | "publishable";

function refused(message: string, code?: string): StripeFailure {
  return invalidRequest(message, { status: 401, ...(code && { code }) });
}

function redacted(key: string): string {
  return `${key.slice(0, 8)}${"*".repeat(Math.max(0, key.length - 12))}${key.slice(-4)}`;
}

function bearerOrBasic(header: string | undefined): string | null {
  if (!header) return null;
  const [scheme = "", value = ""] = header.split(" ");
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() === "basic") return Buffer.from(value, "base64").toString("utf8").split(":")[0] ?? null;
  return null;
}

/**
 * Which of the account's two keys a request carries, in its header or (browsers) as the parameter `key`.
 * @throws StripeFailure 401 without a key, with another one, and always with a live one
 */
export function authenticate(
  keys: { secretKey: string; publishableKey: string },
  header: string | undefined,
  parameter: string | null,
): KeyKind {
  const key = bearerOrBasic(header) ?? parameter;
  if (!key) {
    throw refused(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    );
  }
  if (/^(sk|rk|pk)_live_/.test(key))
    throw refused("This is a stand-in, not Stripe: it refuses live keys. Remove the live key from this environment.");
  if (key === keys.secretKey) return "secret";
  if (key === keys.publishableKey) return "publishable";
  throw refused(`Invalid API Key provided: ${redacted(key)}`);
}

/** What a secret-key route answers to a publishable key. */
export function secretKeyRequired(): StripeFailure {
  return refused(
    "This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
    "secret_key_required",
  );
}
