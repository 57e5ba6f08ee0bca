import { resourceMissing } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { text } from "../../http/parameters";
import { route } from "../../http/route";
import { search, searching } from "../../http/search";
import { resolveCustomer } from "../payment-methods/attach";
import { deleteCustomer } from "./delete";
import { customerMembers, taxIdData, UNSUPPORTED } from "./parameters";
import { createCustomer, updateCustomer } from "./write";

export const customerRoutes = [
  route("POST /v1/customers", {
    parameters: {
      ...customerMembers,
      payment_method: text.optional(),
      tax_id_data: taxIdData.optional(),
      test_clock: text.optional(),
    },
    unsupported: UNSUPPORTED,
    handle: (account, given, call) => createCustomer(account, given, call.version),
  }),
  route("GET /v1/customers/:id", {
    handle(account, _, call) {
      const customer = account.tables.customers.get(call.path.id ?? "");
      if (!customer) throw resourceMissing("customer", call.path.id ?? "");
      return customer;
    },
  }),
  route("POST /v1/customers/:id", {
    parameters: customerMembers,
    unsupported: [...UNSUPPORTED, "default_source"],
    handle: (account, given, call) =>
      updateCustomer(account, resolveCustomer(account, call.path.id ?? "", "id"), given, call.version),
  }),
  route("DELETE /v1/customers/:id", {
    handle: (account, _, call) => deleteCustomer(account, resolveCustomer(account, call.path.id ?? "", "id")),
  }),
  route("GET /v1/customers", {
    parameters: { ...pagination, created, email: text.optional(), test_clock: text.optional() },
    handle: (account, given) =>
      pageOf(
        account.tables.customers,
        given,
        "/v1/customers",
        (row) =>
          !row.deleted &&
          row.test_clock === (given.test_clock ?? null) &&
          matchesCreated(given.created, row.created) &&
          (!given.email || row.email === given.email),
      ),
  }),
  route("GET /v1/customers/search", {
    parameters: searching,
    handle: (account, given) =>
      search(
        account.tables.customers,
        given,
        "/v1/customers/search",
        ["created", "email", "metadata", "name", "phone"],
        (row) => !row.deleted,
      ),
  }),
];
