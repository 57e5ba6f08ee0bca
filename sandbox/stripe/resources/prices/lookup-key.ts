import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { emit } from "../../webhooks/events";

const LONGEST = 200;

/**
 * Makes sure that a lookup key is free for a price; with `transfer` it is taken from the price that has it.
 * @throws StripeFailure 400
 */
export function claimLookupKey(account: Account, priceId: string, key: string, transfer: boolean): void {
  if (key.length > LONGEST)
    throw invalidRequest(`Invalid string: ${key.slice(0, 20)}...; must be at most ${LONGEST} characters`, {
      param: "lookup_key",
    });
  for (const holder of account.tables.prices.oldestFirst()) {
    if (holder.lookup_key !== key || holder.id === priceId) continue;
    if (!transfer)
      throw invalidRequest(`A price (\`${holder.id}\`) already uses that lookup key.`, { param: "lookup_key" });
    emit(account, "price.updated", account.tables.prices.put({ ...holder, lookup_key: null }), holder);
    return;
  }
}
