import type { Account } from "../../account";
import { presentFor } from "./ambient";

/** Does something in the time of the test clock that an object lives by; in the account's own time without one. */
export function inTimeOf<R>(account: Account, subject: string | null, work: () => R): R {
  if (subject === null) return work();
  return account.at(presentFor(account, { method: "GET", path: `/v1/objects/${subject}`, params: {} }), work);
}
