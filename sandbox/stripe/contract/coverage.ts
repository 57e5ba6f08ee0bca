import type { Route } from "../http/route";
import { Addresses } from "./addresses";
import { isBeyondTheSdk, takenByOlderVersions } from "./beyond-the-sdk";
import type { ContractCache } from "./cache";
import type { Address } from "./package/generate";
import { isBilling } from "./scope";

const pathOf = (route: Route) => `/${route.pattern.join("/")}`;

/** Stripe's billing addresses that no route answers. */
export function unserved(routes: readonly Route[], cache: ContractCache): Address[] {
  const like = (method: string, path: string) => `${method} ${path.replace(/:\w+/g, ":id")}`;
  const served = new Set(routes.map((route) => like(route.method, pathOf(route))));
  return cache.addresses().filter(({ method, path }) => isBilling(path) && !served.has(like(method, path)));
}

export interface RouteNames {
  address: string;
  /** Stripe takes them here; the route refuses them as unsupported. */
  refused: string[];
  /** The route takes them; Stripe has no such parameter, not even in an older version. */
  madeUp: string[];
}

/** Compares the names of each route's parameters with Stripe's. A route at an address of its own has only made-up ones. */
export function compareNames(routes: readonly Route[], cache: ContractCache): RouteNames[] {
  const addresses = new Addresses(cache.addresses());
  // What a browser asks is Stripe.js's, of which the SDK knows only a part.
  return routes
    .filter((route) => !route.publishable && !isBeyondTheSdk(pathOf(route)))
    .map((route) => {
      const found = addresses.find(route.method, pathOf(route));
      const address = found ? `${found.method} ${found.path}` : `${route.method} ${pathOf(route)}`;
      const stripes = Object.keys((found?.params && cache.schema(found.params)?.properties) || {});
      return {
        address,
        refused: stripes.filter((name) => !["client_secret", "expand"].includes(name) && !route.takes.includes(name)),
        madeUp: route.takes.filter((name) => !stripes.includes(name) && !takenByOlderVersions(address, name)),
      };
    });
}
