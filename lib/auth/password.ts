import { hash, verify } from "@node-rs/argon2";

/** OWASP's minimum for Argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

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
