import type { Account } from "./account";
import { StripeFailure } from "./http/errors";
import type { Call } from "./http/route";
import { API_VERSION } from "./http/version";

/** The caller of an operation that a hosted page asks for: a browser, where card numbers may be typed. */
export const IN_BROWSER: Call = {
  path: {},
  version: API_VERSION,
  clientSecret: null,
  publishable: true,
  ipAddress: "127.0.0.1",
  userAgent: "Stripe stand-in, hosted page",
};

/**
 * Runs what one request of a hosted page does as one transaction, the way the API does: a decline is an outcome, so what it
 * wrote down stays, and is thrown all the same.
 */
export function inBrowser<R>(account: Account, work: (account: Account) => R): R {
  const outcome = account.store.transaction((): { result: R } | { failure: StripeFailure } => {
    try {
      return { result: work(account) };
    } catch (error) {
      if (error instanceof StripeFailure && error.keepsChanges) return { failure: error };
      throw error;
    }
  });
  if ("failure" in outcome) throw outcome.failure;
  return outcome.result;
}
