import { resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { text } from "../../http/parameters";
import { route } from "../../http/route";
import { presentBalanceTransaction } from "./present";

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
      const page = pageOf(
        account.tables.balanceTransactions,
        given,
        "/v1/balance_transactions",
        (row) =>
          matchesCreated(given.created, row.created) &&
          (!given.currency || row.currency === given.currency) &&
          (!given.source || row.source === given.source) &&
          (!given.type || row.type === given.type) &&
          !given.payout,
      );
      return { ...page, data: page.data.map((row) => presentBalanceTransaction(account, row)) };
    },
  }),
];
