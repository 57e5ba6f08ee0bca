import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { pageOf, pagination } from "../../http/pages";
import { text } from "../../http/parameters";
import { route } from "../../http/route";
import { newId } from "../../state/ids";
import type { Row } from "../../state/table";
import { resolveProduct } from "./read";

/** That a product gives its buyers a feature; `id` is the attachment's. */
export interface ProductFeature extends Row {
  product: string;
  feature: string;
}

function present(account: Account, row: ProductFeature): Stripe.ProductFeature {
  const feature = account.tables.entitlementFeatures.get(row.feature);
  if (!feature) throw resourceMissing("feature", row.feature, "entitlement_feature");
  return { id: row.id, object: "product_feature", entitlement_feature: feature, livemode: false };
}

function resolve(account: Account, product: string, id: string): ProductFeature {
  const row = account.tables.productFeatures.get(id);
  if (row?.product !== product) throw resourceMissing("product_feature", id);
  return row;
}

export const productFeatureRoutes = [
  route("POST /v1/products/:id/features", {
    parameters: { entitlement_feature: text },
    handle(account, given, call) {
      const product = resolveProduct(account, call.path.id ?? "");
      const { productFeatures, entitlementFeatures } = account.tables;
      if (!entitlementFeatures.get(given.entitlement_feature))
        throw resourceMissing("feature", given.entitlement_feature, "entitlement_feature");
      for (const row of productFeatures.oldestFirst())
        if (row.product === product.id && row.feature === given.entitlement_feature)
          throw invalidRequest("This feature is already attached to this product.", { param: "entitlement_feature" });
      const id = newId("prodft");
      return present(account, productFeatures.put({ id, product: product.id, feature: given.entitlement_feature }));
    },
  }),
  route("GET /v1/products/:id/features", {
    parameters: pagination,
    handle(account, given, call) {
      const { id } = resolveProduct(account, call.path.id ?? "");
      const page = pageOf(
        account.tables.productFeatures,
        given,
        `/v1/products/${id}/features`,
        (row) => row.product === id,
      );
      return { ...page, data: page.data.map((row) => present(account, row)) };
    },
  }),
  route("GET /v1/products/:id/features/:feature", {
    handle: (account, _, call) => present(account, resolve(account, call.path.id ?? "", call.path.feature ?? "")),
  }),
  route("DELETE /v1/products/:id/features/:feature", {
    handle(account, _, call) {
      const { id } = resolve(account, call.path.id ?? "", call.path.feature ?? "");
      account.tables.productFeatures.delete(id);
      return { id, object: "product_feature", deleted: true } satisfies Stripe.DeletedProductFeature;
    },
  }),
];
