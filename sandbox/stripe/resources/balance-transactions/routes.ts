import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { text } from "../../http/parameters";
import { route } from "../../http/route";
import { presentBalanceTransaction } from "./present";

/** Whether a row is part of a payout. @throws StripeFailure for a payout that nobody can take apart */
function memberOf(account: Account, payoutId: string | undefined): (row: Stripe.BalanceTransaction) => boolean {
  if (payoutId === undefined) return () => true;
  const payout = account.tables.payouts.get(payoutId);
  if (!payout) throw resourceMissing("payout", payoutId, "payout");
  if (!payout.automatic)
    throw invalidRequest("Balance transaction history can only be filtered on automatic transfers, not manual.", {
      param: "payout",
    });
  return (row) => account.tables.payoutItems.get(row.id)?.payout === payoutId;
}

export const balanceTransactionRoutes = [
  route("GET /v1/balance_transactions/:id", {
    handle(account, _, call) {
      const row = account.tables.balanceTransactions.get(call.path.id ?? "");
      if (!row) throw resourceMissing("balance transaction", call.path.id ?? "");
      return presentBalanceTransaction(account, row);
    },
  }),
  route("GET /v1/balance_transactions", {
    parameters: {
      ...pagination,
      created,
      currency: text.optional(),
      payout: text.optional(),
      source: text.optional(),
      type: text.optional(),
    },
    handle(account, given) {
      const isMember = memberOf(account, given.payout);
      const page = pageOf(
        account.tables.balanceTransactions.whose("source", given.source),
        given,
        "/v1/balance_transactions",
        (row) =>
          matchesCreated(given.created, row.created) &&
          (!given.currency || row.currency === given.currency.toLowerCase()) &&
          (!given.type || row.type === given.type) &&
          isMember(row),
      );
      return { ...page, data: page.data.map((row) => presentBalanceTransaction(account, row)) };
    },
  }),
];
