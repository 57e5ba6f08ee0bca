import { hash, verify } from "@node-rs/argon2";
import { invalid } from "@/lib/errors";

/** OWASP's minimum for Argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Length is what counts (NIST SP 800-63B, 3.1.1.2); no rules about which characters. */
export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 200;

/** @throws AppError invalid_request when a new password is too short, too long, or one character over and over */
export function checkPassword(password: string, field = "password"): void {
  if (password.length < SHORTEST_PASSWORD) throw invalid(field, "too_short");
  if (password.length > LONGEST_PASSWORD) throw invalid(field, "too_long");
  if (new Set(password).size < 4) throw invalid(field, "too_simple");
}

/** Argon2id hash of a password, with its own salt. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST);

let decoy: Promise<string> | undefined;

/**
 * Compares a password with a stored hash. Without a hash (unknown user, or one without a password) the same work is done
 * on a decoy, so that the time of the answer does not tell who has an account.
 */
export async function passwordMatches(password: string, storedHash: string | null): Promise<boolean> {
  decoy ??= hashPassword("nobody's password");
  const matches = await verify(storedHash ?? (await decoy), password);
  return storedHash !== null && matches;
}
