import { invalidRequest, resourceMissing } from "../../http/errors";
import { pageOf, pagination } from "../../http/pages";
import { clearable, integer, metadata, oneOf, strict, text } from "../../http/parameters";
import { route } from "../../http/route";
import { idOf } from "../../state/ids";
import { resolveCustomer } from "../payment-methods/attach";
import { createGrant, existingGrant, expireGrant, updateGrant, voidGrant } from "./grants";
import { grantMembers, scope, UNSUPPORTED } from "./parameters";
import { creditSummary } from "./summary";
import { grantIdOf } from "./transactions";

export const creditGrantRoutes = [
  route("POST /v1/billing/credit_grants", {
    parameters: grantMembers,
    unsupported: UNSUPPORTED,
    handle: (account, given) => createGrant(account, given),
  }),
  route("GET /v1/billing/credit_grants/:id", {
    handle: (account, _, call) => existingGrant(account, call.path.id ?? ""),
  }),
  route("POST /v1/billing/credit_grants/:id", {
    parameters: { expires_at: clearable(integer).optional(), metadata: clearable(metadata).optional() },
    handle: (account, given, call) => updateGrant(account, existingGrant(account, call.path.id ?? ""), given),
  }),
  route("POST /v1/billing/credit_grants/:id/expire", {
    handle: (account, _, call) => expireGrant(account, existingGrant(account, call.path.id ?? "")),
  }),
  route("POST /v1/billing/credit_grants/:id/void", {
    handle: (account, _, call) => voidGrant(account, existingGrant(account, call.path.id ?? "")),
  }),
  route("GET /v1/billing/credit_grants", {
    parameters: { ...pagination, customer: text.optional() },
    unsupported: UNSUPPORTED,
    handle: (account, given) =>
      pageOf(account.tables.creditGrants.whose("customer", given.customer), given, "/v1/billing/credit_grants"),
  }),
  route("GET /v1/billing/credit_balance_summary", {
    parameters: {
      customer: text.optional(),
      filter: strict({
        applicability_scope: scope.optional(),
        credit_grant: text.optional(),
        type: oneOf("applicability_scope", "credit_grant"),
      }),
    },
    unsupported: UNSUPPORTED,
    handle(account, given) {
      if (!given.customer)
        throw invalidRequest("Missing required param: customer.", { code: "parameter_missing", param: "customer" });
      return creditSummary(account, resolveCustomer(account, given.customer).id, given.filter);
    },
  }),
  route("GET /v1/billing/credit_balance_transactions/:id", {
    handle(account, _, call) {
      const transaction = account.tables.creditTransactions.get(call.path.id ?? "");
      if (!transaction) throw resourceMissing("billing credit balance transaction", call.path.id ?? "");
      return transaction;
    },
  }),
  route("GET /v1/billing/credit_balance_transactions", {
    parameters: { ...pagination, credit_grant: text.optional(), customer: text.optional() },
    unsupported: UNSUPPORTED,
    handle(account, given) {
      const ownerOf = (id: string) => idOf(account.tables.creditGrants.get(id)?.customer);
      return pageOf(
        account.tables.creditTransactions.whose("credit_grant", given.credit_grant),
        given,
        "/v1/billing/credit_balance_transactions",
        (row) => !given.customer || ownerOf(grantIdOf(row)) === given.customer,
      );
    },
  }),
];
