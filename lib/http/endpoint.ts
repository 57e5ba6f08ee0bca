import type { Readable } from "node:stream";
import type { z } from "zod";
import type { Role } from "@/db/schema/tenants";
import type { Scope } from "@/lib/auth/roles";
import type { TenantScope } from "@/lib/auth/scope";
import type { ErrorCode } from "@/lib/errors";
import type { Currency } from "@/lib/money/currency";
import type { MoneyIn } from "./money";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Who is let in. `role`: people and tokens of that role or above, and services that have `scope` where one is named;
 * `scope` alone: services only; `signature`: the handler checks it; `none`: anybody.
 */
export type Access =
  | { role: Role | "operator"; scope?: Scope }
  | { scope: Scope; role?: undefined }
  | "signature"
  | "none";

export type Context<P, Q, B> = {
  /** Of `signature` and `none` endpoints there is none: reading it there is a bug and throws. */
  scope: TenantScope;
  currency: Currency;
  params: P;
  query: Q;
  body: B;
  /** The Idempotency-Key as the source id of what the call does: stable over retries, unique per tenant. Null without a key. */
  requestKey: string | null;
  request: Request;
};

export type Answer = {
  status?: number;
  body?: unknown;
  /** Instead of a body: a file, sent as it is made. Its `Content-Type` is in the headers. */
  stream?: Readable;
  headers?: Record<string, string>;
};

export type Endpoint = {
  method: Method;
  /** Below the base path, parameters in braces: `/balance/holds/{holdId}/capture`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  access: Access;
  /** Needs an Idempotency-Key. */
  movesMoney?: boolean;
  /** The stored first answer of an Idempotency-Key is encrypted: it holds something that is shown once. */
  secretAnswer?: boolean;
  /** An operator's call on the tenant that the body names. */
  tenantFromBody?: boolean;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: (money: MoneyIn) => z.ZodType;
  /** The answer when all went well. */
  answer: {
    status: number;
    description: string;
    schema?: z.ZodType;
    /** Of files: what they may be. */
    mediaTypes?: readonly string[];
  };
  /** Refusals beyond those that every endpoint of its kind has. */
  refusals?: readonly ErrorCode[];
  /** A request body to show in the documentation. */
  example?: unknown;
  handle: (context: Context<unknown, unknown, unknown>) => Promise<Answer>;
};

type Schema = z.ZodType | undefined;
type Out<T extends Schema> = T extends z.ZodType ? z.output<T> : undefined;
type In<T extends Schema> = T extends z.ZodType ? z.input<T> : undefined;

/** What goes over the wire, as types: for the client, which loads no schema. No value has this property. */
export type Wire = { method: Method; path: string; query: unknown; body: unknown; answer: unknown };
export type WireEndpoint<W extends Wire> = Endpoint & { readonly wire?: W };

/** Defines an endpoint; the handler's types are those of the schemas that validate and document it. */
export function endpoint<
  const M extends Method,
  const Path extends string,
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
  A extends Schema = undefined,
>(
  definition: Omit<Endpoint, "method" | "path" | "params" | "query" | "body" | "answer" | "handle"> & {
    method: M;
    path: Path;
    params?: P;
    query?: Q;
    body?: (money: MoneyIn) => B & z.ZodType;
    answer: Omit<Endpoint["answer"], "schema"> & { schema?: A };
    handle: (context: Context<Out<P>, Out<Q>, Out<B>>) => Promise<Answer>;
  },
): WireEndpoint<{ method: M; path: Path; query: In<Q>; body: In<B>; answer: Out<A> }> {
  return definition as Endpoint;
}
