import type { Account } from "./account";
import { StripeFailure, unsupported } from "./http/errors";
import type { FormTree } from "./http/form";
import { type Call, findRoute } from "./http/route";
import { API_VERSION } from "./http/version";
import { presentFor } from "./resources/test-clocks/ambient";
import { inTimeOf } from "./resources/test-clocks/subject";
import { ROUTES } from "./routes";

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
 * @param subject the object it is about, by whose test clock it happens
 */
export function inBrowser<R>(account: Account, work: (account: Account) => R, subject: string | null = null): R {
  const outcome = account.store.transaction((): { result: R } | { failure: StripeFailure } => {
    try {
      return { result: inTimeOf(account, subject, () => work(account)) };
    } catch (error) {
      if (error instanceof StripeFailure && error.keepsChanges) return { failure: error };
      throw error;
    }
  });
  if ("failure" in outcome) throw outcome.failure;
  return outcome.result;
}

/**
 * Asks the account's own API from inside, with a secret key's rights: what a hosted page does is then exactly what the same
 * call from a server would do. Call within {@link inBrowser}.
 * @param address `POST /v1/subscriptions/sub_…`
 * @param given parameters as the form dialect writes them: text, lists and objects of text
 * @throws StripeFailure as the API would answer
 */
export function callApi<T extends object>(account: Account, address: string, given: FormTree = {}): T {
  const [method = "", path = ""] = address.split(" ");
  const found = findRoute(ROUTES, method, path);
  if (!found) throw unsupported(address);
  const call: Call = { ...IN_BROWSER, path: found.values, publishable: false };
  const present = presentFor(account, { method, path, params: given });
  const run = () => found.route.run(account, given, call) as T;
  return present ? account.at(present, run) : run();
}
