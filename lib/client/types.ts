import type { Wire, WireEndpoint } from "@/lib/http/endpoint";
import type { Endpoints, Operation } from "./operations";

export type CallOptions = {
  /** Ends the call, also while it waits to be tried again. */
  signal?: AbortSignal;
  /** Instead of one made for the call: the same key over restarts of the caller's own. */
  idempotencyKey?: string;
};

type WireOf<E> = E extends WireEndpoint<infer W extends Wire> ? W : never;
/** `POST /subscriptions/{id}/usage` */
export type RouteOf<E> = `${WireOf<E>["method"]} ${WireOf<E>["path"]}`;

/** One string for each parameter in the path, in its order. */
type PathArguments<P extends string> = P extends `${string}{${string}}${infer Rest}`
  ? [id: string, ...PathArguments<Rest>]
  : [];

/** Queries are text in the end: a list is joined by commas, and what the server turns into a number may be one. */
type QueryInput<Q> = {
  [K in keyof Q]: unknown extends Q[K]
    ? number | string
    : Q[K] extends string | undefined
      ? Q[K] | readonly string[]
      : Q[K];
};
type InputOf<W extends Wire> = W["body"] extends undefined
  ? W["query"] extends undefined
    ? Record<string, never>
    : QueryInput<W["query"]>
  : W["body"];

/** Left out where nothing in it is required. */
type InputArgument<I> = Record<string, never> extends I ? [input?: I] : Partial<I> extends I ? [input?: I] : [input: I];

/** An answer that is no JSON comes as it is, to be read as a stream. */
type AnswerOf<W extends Wire> = W["answer"] extends undefined ? Response : W["answer"];

type MethodOf<W extends Wire> = (
  ...args: [...PathArguments<W["path"]>, ...InputArgument<InputOf<W>>, options?: CallOptions]
) => Promise<AnswerOf<W>>;

/** Every call of the API. @throws BillingError */
export type Client = { readonly [O in Operation]: MethodOf<WireOf<Endpoints[O]>> };

/** What a call takes and gives: `Input<"createSubscription">`, `Result<"getBalance">`. */
export type Input<O extends Operation> = InputOf<WireOf<Endpoints[O]>>;
export type Result<O extends Operation> = AnswerOf<WireOf<Endpoints[O]>>;
