import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { createPrice } from "../prices/create";
import type { ProductInput, ProductMembers } from "./parameters";

function checkDescriptor(descriptor: string | null | undefined): void {
  if (!descriptor) return;
  if (descriptor.length > 22 || /[<>\\"'*]/.test(descriptor) || !/[a-z]/i.test(descriptor))
    throw invalidRequest(
      "The statement descriptor must be at most 22 characters, contain at least one letter, and must not contain `<`, `>`, `\\`, `'`, `\"` or `*`.",
      { param: "statement_descriptor" },
    );
}

function taxOf(product: Stripe.Product, given: ProductMembers): Pick<Stripe.Product, "tax_code" | "tax_details"> {
  const { tax_code: code, tax_details: details } = given;
  if (code === undefined && details === undefined)
    return { tax_code: product.tax_code ?? null, tax_details: product.tax_details };
  const taxCode = code ?? details?.tax_code ?? null;
  if (taxCode && !taxCode.startsWith("txcd_"))
    throw invalidRequest(`No such tax code: '${taxCode}'`, { code: "resource_missing", param: "tax_code" });
  if (taxCode === null && !details?.performance_location) return { tax_code: null, tax_details: null };
  return {
    tax_code: taxCode,
    tax_details: { performance_location: details?.performance_location ?? null, tax_code: taxCode },
  };
}

/** A product after what was given is applied. @throws StripeFailure 400 */
export function applied(product: Stripe.Product, given: ProductMembers): Stripe.Product {
  checkDescriptor(given.statement_descriptor);
  const { package_dimensions: dimensions } = given;
  const keep = <T>(value: T | undefined, old: T): T => (value === undefined ? old : value);
  return {
    ...product,
    ...taxOf(product, given),
    active: given.active ?? product.active,
    description: keep(given.description, product.description),
    images: given.images === undefined ? product.images : (given.images ?? []),
    marketing_features:
      given.marketing_features === undefined ? product.marketing_features : (given.marketing_features ?? []),
    metadata: mergeMetadata(product.metadata, given.metadata),
    package_dimensions:
      dimensions === undefined
        ? product.package_dimensions
        : dimensions && {
            height: Number(dimensions.height),
            length: Number(dimensions.length),
            weight: Number(dimensions.weight),
            width: Number(dimensions.width),
          },
    shippable: keep(given.shippable, product.shippable),
    statement_descriptor: keep(given.statement_descriptor, product.statement_descriptor ?? null),
    unit_label: keep(given.unit_label, product.unit_label ?? null),
    url: keep(given.url, product.url),
  };
}

/**
 * `POST /v1/products`, with its default price when one is given.
 * @throws StripeFailure 400, also when the id is taken
 */
export function createProduct(account: Account, given: ProductInput, version: string | null = null): Stripe.Product {
  const { default_price_data: priceData, ...members } = given;
  const id = given.id ?? newId("prod").slice(0, 19);
  if (account.tables.products.get(id))
    throw invalidRequest("Product already exists.", { code: "resource_already_exists", param: "id" });
  const blank = {
    id,
    object: "product",
    active: true,
    created: account.nowUnix(),
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: given.type ?? "service",
    unit_label: null,
    updated: account.nowUnix(),
    url: null,
  } satisfies Stripe.Product;
  const product = account.tables.products.put(applied(blank, members));
  emit(account, "product.created", product);
  if (!priceData) return product;
  const price = createPrice(account, { ...priceData, product: id }, version);
  const whole = account.tables.products.put({ ...product, default_price: price.id });
  emit(account, "product.updated", whole, product);
  return whole;
}
