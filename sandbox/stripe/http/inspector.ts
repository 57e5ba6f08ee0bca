import type { Answer } from "./answer";
import type { ApiRequest } from "./api";
import type { FormTree } from "./form";

/** A request to `/v1` and what came of it. */
export interface Exchange {
  method: string;
  path: string;
  /** The `Stripe-Version` header; null means the account's default, which is older. */
  version: string | null;
  /** Asked by a browser with a publishable key. */
  publishable: boolean;
  params: FormTree;
  status: number;
  /** JSON text. */
  body: string;
}

/** Somebody who looks at everything the stand-in says, without changing it: the check against Stripe's types. */
export interface Inspector {
  answered(exchange: Exchange): void;
  emitted(event: object): void;
}

export function exchangeOf(request: ApiRequest, answer: Answer): Exchange {
  const { client_secret: _secret, key, _stripe_version: _version, ...params } = request.params;
  return {
    method: request.method,
    path: request.path,
    version: request.headers["stripe-version"] ?? null,
    publishable: /^(Bearer )?pk_/.test(request.headers.authorization ?? String(key)),
    params,
    status: answer.status,
    body: answer.body,
  };
}
