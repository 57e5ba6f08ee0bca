import { z } from "zod";
import type { Account } from "../account";
import { unsupported } from "./errors";
import type { FormTree } from "./form";
import { readParameters, strict, texts } from "./parameters";
import { orUnsupported } from "./stripe-parameters";

/** What a route may know of the request besides its parameters. */
export interface Call {
  /** Values of `:name` in the path. */
  path: Record<string, string>;
  /** The `Stripe-Version` header; null means the account's default, which is older. */
  version: string | null;
  /** Set when a browser asks with a publishable key. */
  clientSecret: string | null;
  publishable: boolean;
  /** Address and browser of the caller, for mandates accepted in the browser. */
  ipAddress: string;
  userAgent: string;
}

export interface Route {
  method: string;
  pattern: string[];
  /** May be asked with a publishable key and a client secret. */
  publishable: boolean;
  /** Names of the parameters that are honoured. */
  takes: readonly string[];
  run(account: Account, tree: FormTree, call: Call): object;
}

type Shape = z.ZodRawShape;

interface Definition<S extends Shape> {
  /** Parameters Stripe accepts here, by name; `expand` comes with every route. */
  parameters?: S;
  publishable?: boolean;
  /** Parameters that Stripe accepts and the stand-in does not know how to honour: refused by name, not ignored. */
  unsupported?: readonly string[];
  handle(account: Account, parameters: z.output<z.ZodObject<S, z.core.$strict>>, call: Call): object;
}

/** One route: `route("POST /v1/customers/:id", { parameters, handle })`. Handlers are synchronous: a request is one transaction. */
export function route<S extends Shape>(address: string, definition: Definition<S>): Route {
  const [method = "", path = ""] = address.split(" ");
  const schema = strict((definition.parameters ?? {}) as S);
  const expandable = z.object({ expand: texts.optional() });
  const parametersOf = (tree: FormTree) => {
    try {
      return readParameters(schema, tree);
    } catch (error) {
      throw orUnsupported(error, address);
    }
  };
  return {
    method,
    pattern: path.split("/").slice(1),
    publishable: definition.publishable ?? false,
    takes: Object.keys(definition.parameters ?? {}),
    run(account, { expand, ...tree }, call) {
      const beyond = definition.unsupported?.find((name) => name in tree);
      if (beyond) throw unsupported(`the parameter ${beyond}`, beyond);
      if (expand !== undefined) readParameters(expandable, { expand });
      return definition.handle(account, parametersOf(tree), call);
    },
  };
}

function match(pattern: string[], segments: string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const literal = pattern.every((part, at) => part.startsWith(":") || part === segments[at]);
  if (!literal) return null;
  const values: Record<string, string> = {};
  pattern.forEach((part, at) => {
    if (part.startsWith(":")) values[part.slice(1)] = decodeURIComponent(segments[at] ?? "");
  });
  return values;
}

interface Found {
  route: Route;
  values: Record<string, string>;
}

/** Routes by method and length, made once for each list. */
const shapes = new WeakMap<readonly Route[], Map<string, Route[]>>();

function byShape(routes: readonly Route[]): Map<string, Route[]> {
  const known = shapes.get(routes);
  if (known) return known;
  const made = new Map<string, Route[]>();
  for (const candidate of routes) {
    const shape = `${candidate.method} ${candidate.pattern.length}`;
    made.set(shape, [...(made.get(shape) ?? []), candidate]);
  }
  shapes.set(routes, made);
  return made;
}

/** The route for an address. Literal paths win over `:id`, so `/search` is not taken for an id. */
export function findRoute(routes: readonly Route[], method: string, path: string): Found | null {
  const segments = path.split("/").slice(1);
  let found: Found | null = null;
  for (const candidate of byShape(routes).get(`${method} ${segments.length}`) ?? []) {
    const values = match(candidate.pattern, segments);
    if (!values) continue;
    if (!found || Object.keys(values).length < Object.keys(found.values).length) found = { route: candidate, values };
  }
  return found;
}
