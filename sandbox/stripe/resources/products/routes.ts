import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { boolean, oneOf, text, texts } from "../../http/parameters";
import { route } from "../../http/route";
import { search, searching } from "../../http/search";
import { emit } from "../../webhooks/events";
import { resolvePrice } from "../prices/read";
import { applied, createProduct } from "./create";
import { changes, creation, type ProductChanges } from "./parameters";
import { resolveProduct } from "./read";

function update(account: Account, product: Stripe.Product, given: ProductChanges): Stripe.Product {
  const { default_price: wanted } = given;
  if (wanted) {
    const price = resolvePrice(account, wanted, "default_price");
    if (price.product !== product.id)
      throw invalidRequest(`The price specified (${wanted}) does not belong to the product ${product.id}.`, {
        param: "default_price",
      });
    if (!price.active)
      throw invalidRequest(`The price specified (${wanted}) is inactive and cannot be the default price.`, {
        param: "default_price",
      });
  }
  const updated = account.tables.products.put({
    ...applied(product, given),
    default_price: wanted === undefined ? (product.default_price ?? null) : wanted,
    name: given.name ?? product.name,
    updated: account.nowUnix(),
  });
  emit(account, "product.updated", updated, product);
  return updated;
}

function remove(account: Account, product: Stripe.Product): Stripe.DeletedProduct {
  for (const price of account.tables.prices.oldestFirst())
    if (price.product === product.id)
      throw invalidRequest("This product cannot be deleted because it has one or more user-created prices.");
  account.tables.products.delete(product.id);
  emit(account, "product.deleted", product);
  return { id: product.id, object: "product", deleted: true };
}

export const productRoutes = [
  route("POST /v1/products", {
    parameters: creation,
    handle: (account, given, call) => createProduct(account, given, call.version),
  }),
  route("GET /v1/products/:id", {
    handle: (account, _, call) => resolveProduct(account, call.path.id ?? ""),
  }),
  route("POST /v1/products/:id", {
    parameters: changes,
    handle: (account, given, call) => update(account, resolveProduct(account, call.path.id ?? ""), given),
  }),
  route("DELETE /v1/products/:id", {
    handle: (account, _, call) => remove(account, resolveProduct(account, call.path.id ?? "")),
  }),
  route("GET /v1/products", {
    parameters: {
      ...pagination,
      active: boolean.optional(),
      created,
      ids: texts.optional(),
      shippable: boolean.optional(),
      type: oneOf("good", "service").optional(),
      url: text.optional(),
    },
    handle: (account, given) =>
      pageOf(
        account.tables.products,
        given,
        "/v1/products",
        (row) =>
          (given.active === undefined || row.active === given.active) &&
          matchesCreated(given.created, row.created) &&
          (!given.ids || given.ids.includes(row.id)) &&
          (given.shippable === undefined || row.shippable === given.shippable) &&
          (!given.type || row.type === given.type) &&
          (!given.url || row.url === given.url),
      ),
  }),
  route("GET /v1/products/search", {
    parameters: searching,
    handle: (account, given) =>
      search(account.tables.products, given, "/v1/products/search", [
        "active",
        "description",
        "metadata",
        "name",
        "shippable",
        "url",
      ]),
  }),
];
