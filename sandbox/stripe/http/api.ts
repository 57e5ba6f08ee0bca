import type { Account } from "../account";
import { type Fault, findFault, takeFault } from "../control/faults";
import { newId } from "../state/ids";
import { type Answer, answerToThrown, errorAnswer, jsonAnswer } from "./answer";
import { authenticate, type KeyKind, secretKeyRequired } from "./authenticate";
import { type ErrorBody, StripeFailure, unsupported } from "./errors";
import { expand } from "./expand";
import { canonicalForm, type FormTree } from "./form";
import { Idempotency } from "./idempotency";
import { ObjectLocks } from "./locks";
import type { RequestLog } from "./request-log";
import { type Call, findRoute, type Route } from "./route";
import { API_VERSION, checkVersion } from "./version";

export interface ApiRequest {
  method: string;
  path: string;
  headers: Record<string, string | undefined>;
  params: FormTree;
  ipAddress: string;
}

/** An answer, or what happens to the connection instead. */
export type Outcome = Answer | "reset" | "silence";

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const TYPES: Record<number, ErrorBody["type"]> = {
  400: "invalid_request_error",
  402: "card_error",
  404: "invalid_request_error",
  409: "invalid_request_error",
  429: "invalid_request_error",
};
const CODES: Record<number, string> = { 409: "idempotency_key_in_use", 429: "rate_limit" };

function faultAnswer(fault: Fault): Answer {
  const status = fault.status ?? 500;
  const code = fault.code ?? CODES[status];
  const headers: Record<string, string> =
    code === "rate_limit"
      ? { "stripe-rate-limited-reason": "global-rate" }
      : code === "lock_timeout"
        ? { "stripe-should-retry": "true" }
        : {};
  const body = {
    type: TYPES[status] ?? "api_error",
    message: `Rehearsed failure with status ${status}.`,
    ...(code && { code }),
  };
  return errorAnswer(new StripeFailure(status, body, false, headers));
}

/** `POST /v1/payment_intents/pi_1/confirm` works on `pi_1`; a creation on nothing yet. */
function objectOf(request: ApiRequest): string | null {
  const third = request.path.split("/")[3];
  return request.method === "POST" && third?.includes("_") ? third : null;
}

/** The `/v1` API: keys, versions, idempotency, locks, faults, and one transaction per request. */
export class Api {
  private readonly idempotency: Idempotency;
  private readonly locks = new ObjectLocks();

  constructor(
    private readonly account: Account,
    private readonly routes: Route[],
    private readonly log: RequestLog,
  ) {
    this.idempotency = new Idempotency(account);
  }

  async respond(request: ApiRequest): Promise<Outcome> {
    const id = newId("req").slice(0, 18);
    const key = request.method === "POST" ? (request.headers["idempotency-key"] ?? null) : null;
    const { key: _apiKey, client_secret: _secret, ...params } = request.params;
    const entry = this.log.add({
      id,
      method: request.method,
      path: request.path,
      idempotencyKey: key,
      params,
      at: new Date(this.account.nowMs()).toISOString(),
    });
    const fault = findFault(this.account, { method: request.method, path: request.path, idempotencyKey: key });
    const delayMs = fault?.delayMs ?? 0;

    if (fault?.do === "reset_before" || (fault?.do === "status" && (fault.status ?? 500) < 500)) {
      takeFault(this.account, fault);
      await pause(delayMs);
      if (fault.do === "reset_before") return "reset";
      entry.status = fault.status ?? null;
      return this.finished(faultAnswer(fault), id, key, request);
    }
    // A 500 is met while the request is worked on, so the answer is kept under its key; the others lose or delay the answer.
    const breaks = fault?.do === "status" ? fault : null;
    if (fault && !breaks) takeFault(this.account, fault);
    const answer = this.work(request, id, key, breaks);
    const release = delayMs > 0 ? this.hold(request, key) : null;
    if (delayMs > 0) await pause(delayMs);
    release?.();
    if (fault?.do === "reset_after") return "reset";
    if (fault?.do === "timeout_after") return "silence";
    entry.status = answer.status;
    return this.finished(answer, id, key, request);
  }

  private hold(request: ApiRequest, key: string | null): () => void {
    const releases = [this.locks.hold(objectOf(request)), ...(key ? [this.idempotency.hold(key)] : [])];
    return () => {
      for (const release of releases) release();
    };
  }

  private finished(answer: Answer, id: string, key: string | null, request: ApiRequest): Answer {
    const version = request.headers["stripe-version"] ?? API_VERSION;
    return {
      ...answer,
      headers: {
        "request-id": id,
        "stripe-version": version,
        ...(key && { "idempotency-key": key }),
        ...answer.headers,
      },
    };
  }

  /** Everything up to the answer, without a pause, so that no other request comes in between. */
  private work(request: ApiRequest, id: string, key: string | null, breaks: Fault | null): Answer {
    try {
      const keyParameter = typeof request.params.key === "string" ? request.params.key : null;
      const kind = authenticate(this.account.keys, request.headers.authorization, keyParameter);
      checkVersion(request.headers["stripe-version"] ?? null);
      const { client_secret: clientSecret, key: _key, _stripe_version: _version, ...params } = request.params;
      const fingerprint = `${request.method} ${request.path} ${canonicalForm(params)}`;
      const known = key === null ? null : this.idempotency.recall(key, fingerprint);
      if (known) return known;
      this.locks.check(objectOf(request));
      if (breaks) {
        takeFault(this.account, breaks);
        const broken = faultAnswer(breaks);
        if (key) this.account.store.transaction(() => this.idempotency.remember(key, fingerprint, id, broken));
        return broken;
      }
      return this.account.store.transaction(() => {
        this.account.request = { id, idempotency_key: key };
        const answer = this.run(request, params, kind, typeof clientSecret === "string" ? clientSecret : null);
        if (key) this.idempotency.remember(key, fingerprint, id, answer);
        return answer;
      });
    } catch (error) {
      return answerToThrown(error);
    } finally {
      this.account.request = null;
    }
  }

  /** Runs the route. A failure that is an outcome is an answer like another; the rest is thrown and undone. */
  private run(request: ApiRequest, params: FormTree, kind: KeyKind, clientSecret: string | null): Answer {
    const found = findRoute(this.routes, request.method, request.path);
    if (!found) throw unsupported(`${request.method} ${request.path}`);
    if (kind === "publishable" && !found.route.publishable) throw secretKeyRequired();
    const call: Call = {
      path: found.values,
      version: request.headers["stripe-version"] ?? null,
      clientSecret,
      publishable: kind === "publishable",
      ipAddress: request.ipAddress,
      userAgent: request.headers["user-agent"] ?? "",
    };
    try {
      const result = found.route.run(this.account, params, call);
      return jsonAnswer(expand(this.account, result, Array.isArray(params.expand) ? params.expand.map(String) : []));
    } catch (error) {
      if (error instanceof StripeFailure && error.keepsChanges) return errorAnswer(error);
      throw error;
    }
  }
}
