import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const PREFIX = /^signkey-[\w]+-/;

/**
 * The `x-inngest-signature` of a request body (JCS-canonical JSON).
 * The SDK compares the time in it with the machine's clock, not the product's, hence the real time.
 */
export function signBody(body: string, signingKey: string): string {
  const seconds = Math.floor(Date.now() / 1000);
  const key = signingKey.replace(PREFIX, "");
  return `t=${seconds}&s=${createHmac("sha256", key)
    .update(body + seconds)
    .digest("hex")}`;
}

/** Whether a request carries the hash of the signing key, as the SDK sends it to the server's own API. */
export function isAuthorized(authorization: string | undefined, signingKey: string): boolean {
  const prefix = signingKey.match(PREFIX)?.[0] ?? "";
  const hash = createHash("sha256")
    .update(Buffer.from(signingKey.slice(prefix.length), "hex"))
    .digest("hex");
  const expected = Buffer.from(`Bearer ${prefix}${hash}`);
  const given = Buffer.from(authorization ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
