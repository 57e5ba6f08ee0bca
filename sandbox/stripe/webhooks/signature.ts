import { createHmac } from "node:crypto";

/**
 * The `Stripe-Signature` header.
 * @param timestamp unix seconds
 * @see https://docs.stripe.com/webhooks#verify-manually
 */
export function signatureHeader(payload: string, secret: string, timestamp: number): string {
  const mac = createHmac("sha256", secret).update(`${timestamp}.${payload}`, "utf8").digest("hex");
  return `t=${timestamp},v1=${mac}`;
}
