import { invalidRequest, unsupported } from "../../http/errors";
import { pageOf, pagination } from "../../http/pages";
import { oneOf, strict, text } from "../../http/parameters";
import { route } from "../../http/route";
import { resolveCustomer } from "../payment-methods/attach";
import { createTaxId, deleteTaxId, resolveTaxId } from "./tax-ids";

const number = { type: text, value: text };
const owner = strict({
  account: text.optional(),
  customer: text.optional(),
  customer_account: text.optional(),
  type: oneOf("account", "application", "customer", "self"),
}).optional();

/** Whose: a customer's id, or null for the account itself. */
function ownerOf(given: { type: string; customer?: string | undefined } | undefined): string | null {
  if (!given || given.type === "self") return null;
  if (given.type !== "customer") throw unsupported(`tax ids of an owner of type ${given.type}`, "owner[type]");
  if (given.customer) return given.customer;
  throw invalidRequest("Missing required param: owner[customer].", {
    code: "parameter_missing",
    param: "owner[customer]",
  });
}

export const taxIdRoutes = [
  route("POST /v1/customers/:id/tax_ids", {
    parameters: number,
    handle: (account, given, call) =>
      createTaxId(account, resolveCustomer(account, call.path.id ?? "", "id").id, given),
  }),
  route("GET /v1/customers/:id/tax_ids", {
    parameters: pagination,
    handle(account, given, call) {
      const { id } = resolveCustomer(account, call.path.id ?? "", "id");
      return pageOf(account.tables.taxIds.whose("customer", id), given, `/v1/customers/${id}/tax_ids`, () => true);
    },
  }),
  route("GET /v1/customers/:id/tax_ids/:tax", {
    handle: (account, _, call) => resolveTaxId(account, call.path.tax ?? "", call.path.id),
  }),
  route("DELETE /v1/customers/:id/tax_ids/:tax", {
    handle: (account, _, call) => deleteTaxId(account, resolveTaxId(account, call.path.tax ?? "", call.path.id)),
  }),
  route("POST /v1/tax_ids", {
    parameters: { ...number, owner },
    handle(account, { owner: given, ...taxId }) {
      const customer = ownerOf(given);
      if (customer) resolveCustomer(account, customer, "owner[customer]");
      return createTaxId(account, customer, taxId);
    },
  }),
  route("GET /v1/tax_ids", {
    parameters: { ...pagination, owner },
    handle(account, given) {
      const customer = ownerOf(given.owner);
      return pageOf(account.tables.taxIds, given, "/v1/tax_ids", (row) => row.customer === customer);
    },
  }),
  route("GET /v1/tax_ids/:id", { handle: (account, _, call) => resolveTaxId(account, call.path.id ?? "") }),
  route("DELETE /v1/tax_ids/:id", {
    handle: (account, _, call) => deleteTaxId(account, resolveTaxId(account, call.path.id ?? "")),
  }),
];
