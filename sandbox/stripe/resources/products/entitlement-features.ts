import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { pageOf, pagination } from "../../http/pages";
import { boolean, clearable, metadata, text } from "../../http/parameters";
import { route } from "../../http/route";
import { newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";

function resolve(account: Account, id: string): Stripe.Entitlements.Feature {
  const feature = account.tables.entitlementFeatures.get(id);
  if (!feature) throw resourceMissing("feature", id);
  return feature;
}

/** What products can give their buyers. Who is entitled to what is not worked out. */
export const entitlementFeatureRoutes = [
  route("POST /v1/entitlements/features", {
    parameters: { lookup_key: text, metadata: metadata.optional(), name: text },
    handle(account, given) {
      for (const { lookup_key: key } of account.tables.entitlementFeatures.oldestFirst())
        if (key === given.lookup_key)
          throw invalidRequest(`A feature with the lookup key \`${key}\` already exists.`, { param: "lookup_key" });
      return account.tables.entitlementFeatures.put({
        id: newId("feat"),
        object: "entitlements.feature",
        active: true,
        livemode: false,
        lookup_key: given.lookup_key,
        metadata: given.metadata ?? {},
        name: given.name,
      } satisfies Stripe.Entitlements.Feature);
    },
  }),
  route("GET /v1/entitlements/features/:id", {
    handle: (account, _, call) => resolve(account, call.path.id ?? ""),
  }),
  route("POST /v1/entitlements/features/:id", {
    parameters: { active: boolean.optional(), metadata: clearable(metadata).optional(), name: text.optional() },
    handle(account, given, call) {
      const feature = resolve(account, call.path.id ?? "");
      return account.tables.entitlementFeatures.put({
        ...feature,
        active: given.active ?? feature.active,
        metadata: mergeMetadata(feature.metadata, given.metadata),
        name: given.name ?? feature.name,
      });
    },
  }),
  route("GET /v1/entitlements/features", {
    parameters: { ...pagination, archived: boolean.optional(), lookup_key: text.optional() },
    handle: (account, given) =>
      pageOf(
        account.tables.entitlementFeatures,
        given,
        "/v1/entitlements/features",
        (row) =>
          (given.archived === undefined || row.active !== given.archived) &&
          (!given.lookup_key || row.lookup_key === given.lookup_key),
      ),
  }),
];
