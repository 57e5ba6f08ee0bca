import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { clearable, clearableText, integer, metadata, text } from "../../http/parameters";
import { route } from "../../http/route";
import { mergeMetadata } from "../../state/metadata";
import { resolveCustomer } from "../payment-methods/attach";
import { readCurrency } from "../pricing/currencies";
import { adjustBalance } from "./apply";

const LONGEST = 350;
const remarks = { description: clearableText.optional(), metadata: clearable(metadata).optional() };

function resolve(account: Account, customer: string, id: string): Stripe.CustomerBalanceTransaction {
  const transaction = account.tables.customerBalanceTransactions.get(id);
  if (transaction?.customer !== customer) throw resourceMissing("customer balance transaction", id);
  return transaction;
}

function checkDescription(description: string | null | undefined): void {
  if (description && description.length > LONGEST)
    throw invalidRequest(`Invalid string: must be at most ${LONGEST} characters`, { param: "description" });
}

export const customerBalanceRoutes = [
  route("POST /v1/customers/:id/balance_transactions", {
    parameters: { ...remarks, amount: integer, currency: text },
    handle(account, given, call) {
      const customer = resolveCustomer(account, call.path.id ?? "", "id");
      checkDescription(given.description);
      return adjustBalance(account, customer.id, given.amount, readCurrency(given.currency), "adjustment", {
        description: given.description ?? null,
        metadata: given.metadata ?? {},
      });
    },
  }),
  route("GET /v1/customers/:id/balance_transactions/:transaction", {
    handle: (account, _, call) => resolve(account, call.path.id ?? "", call.path.transaction ?? ""),
  }),
  route("POST /v1/customers/:id/balance_transactions/:transaction", {
    parameters: remarks,
    handle(account, given, call) {
      const transaction = resolve(account, call.path.id ?? "", call.path.transaction ?? "");
      checkDescription(given.description);
      return account.tables.customerBalanceTransactions.put({
        ...transaction,
        description: given.description === undefined ? transaction.description : given.description,
        metadata: mergeMetadata(transaction.metadata, given.metadata),
      });
    },
  }),
  route("GET /v1/customers/:id/balance_transactions", {
    parameters: { ...pagination, created, invoice: text.optional() },
    handle(account, given, call) {
      const { id } = resolveCustomer(account, call.path.id ?? "", "id");
      return pageOf(
        account.tables.customerBalanceTransactions.whose("customer", id),
        given,
        `/v1/customers/${id}/balance_transactions`,
        (row) => matchesCreated(given.created, row.created) && (!given.invoice || row.invoice === given.invoice),
      );
    },
  }),
];
