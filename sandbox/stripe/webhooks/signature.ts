import { createHmac } from "node:crypto";

/**
 * The `Stripe-Signature` header.
 * @param timestamp unix seconds
 * @see https://docs.stripe.com/webhooks#verify-manually
 */
export function signatureHeader(payload: string | Buffer, secret: string, timestamp: number): string {
  const mac = createHmac("sha256", secret).update(`${timestamp}.`).update(payload).digest("hex");
  return `t=${timestamp},v1=${mac}`;
}
