import { forgetTries, returnTry, takeTry } from "./attempt-limits";

/**
 * Takes one try from the e-mail's and the address's allowance before the password is looked at, so that parallel guesses
 * cannot slip through together.
 * @throws AppError rate_limited with the seconds to wait
 */
export async function takeSignInTry(email: string, address: string): Promise<void> {
  await takeTry("sign-in-address", address);
  await takeTry("sign-in-email", email);
}

/**
 * Forgives the tries after a success. One of somebody who never proved the address forgives that try alone: else signing up
 * with another's address would make room for guesses at their password.
 */
export async function forgiveSignInTries(email: string, address: string, isProven: boolean): Promise<void> {
  await Promise.all([
    isProven ? forgetTries("sign-in-email", email) : returnTry("sign-in-email", email),
    returnTry("sign-in-address", address),
  ]);
}
