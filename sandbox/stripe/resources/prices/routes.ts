import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { boolean, oneOf, strict, text, texts } from "../../http/parameters";
import { route } from "../../http/route";
import { search, searching } from "../../http/search";
import { createPrice } from "./create";
import { creation } from "./parameters";
import { resolvePrice } from "./read";
import { changes, updatePrice } from "./update";

const filters = {
  ...pagination,
  active: boolean.optional(),
  created,
  currency: text.optional(),
  lookup_keys: texts.max(10).optional(),
  product: text.optional(),
  recurring: strict({
    interval: oneOf("day", "month", "week", "year").optional(),
    meter: text.optional(),
    usage_type: oneOf("licensed", "metered").optional(),
  }).optional(),
  type: oneOf("one_time", "recurring").optional(),
};

export const priceRoutes = [
  route("POST /v1/prices", {
    parameters: creation,
    handle: (account, given, call) => createPrice(account, given, call.version),
  }),
  route("GET /v1/prices/:id", {
    handle: (account, _, call) => resolvePrice(account, call.path.id ?? "", "id"),
  }),
  route("POST /v1/prices/:id", {
    parameters: changes,
    handle: (account, given, call) => updatePrice(account, resolvePrice(account, call.path.id ?? "", "id"), given),
  }),
  route("GET /v1/prices", {
    parameters: filters,
    handle: (account, given) =>
      pageOf(
        account.tables.prices,
        given,
        "/v1/prices",
        (row) =>
          !account.tables.priceTerms.get(row.id)?.inline &&
          row.active === (given.active ?? true) &&
          matchesCreated(given.created, row.created) &&
          (!given.currency || row.currency === given.currency.toLowerCase()) &&
          (!given.lookup_keys || given.lookup_keys.includes(row.lookup_key ?? "")) &&
          (!given.product || row.product === given.product) &&
          (!given.type || row.type === given.type) &&
          (!given.recurring?.interval || row.recurring?.interval === given.recurring.interval) &&
          (!given.recurring?.meter || row.recurring?.meter === given.recurring.meter) &&
          (!given.recurring?.usage_type || row.recurring?.usage_type === given.recurring.usage_type),
      ),
  }),
  route("GET /v1/prices/search", {
    parameters: searching,
    handle: (account, given) =>
      search(
        account.tables.prices,
        given,
        "/v1/prices/search",
        ["active", "currency", "lookup_key", "metadata", "product", "type"],
        (row) => !account.tables.priceTerms.get(row.id)?.inline,
      ),
  }),
];
