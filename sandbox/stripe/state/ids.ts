import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

function letters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

/** A new object id: `pi_` and 24 letters and digits. */
export function newId(prefix: string): string {
  return `${prefix}_${letters(randomBytes(24))}`;
}

/** The secret a browser may use for one intent; it starts with the intent's id. */
export function newClientSecret(id: string): string {
  return `${id}_secret_${letters(randomBytes(25))}`;
}

/** The same 16 letters for the same number, whoever owns it: Stripe's `fingerprint`. */
export function fingerprintOf(number: string): string {
  return letters(createHash("sha256").update(number).digest().subarray(0, 16));
}

/** The id of a member that holds either an id or the whole object. */
export function idOf(member: string | { id: string } | null | undefined): string | null {
  return typeof member === "string" ? member : (member?.id ?? null);
}
