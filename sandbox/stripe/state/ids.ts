import { createHash, randomFillSync } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Random bytes are drawn by the block: one draw for every id would cost more than the rest of it. */
const pool = Buffer.alloc(8_192);
let used = pool.length;

function randomBytes(count: number): Uint8Array {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

/** Draws anew at the next id: where randomness is decided by a seed, none may be left over from before. */
export function forgetDrawnBytes(): void {
  used = pool.length;
}

function letters(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += ALPHABET[byte % ALPHABET.length];
  return text;
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
