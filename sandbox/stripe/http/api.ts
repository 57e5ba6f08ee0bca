import type { Account } from "../account";
import { type Fault, findFault, takeFault } from "../control/faults";
import { presentFor } from "../resources/test-clocks/ambient";
import { newId } from "../state/ids";
import { type Answer, answerToThrown, errorAnswer, jsonAnswer } from "./answer";
import { authenticate, type KeyKind, secretKeyRequired } from "./authenticate";
import { executionBegan, missingIn, StripeFailure, unsupported } from "./errors";
import { expand } from "./expand";
import { canonicalForm, type FormTree } from "./form";
import { Idempotency } from "./idempotency";
import { exchangeOf } from "./inspector";
import { ObjectLocks, objectsOf } from "./locks";
import { RateLimits } from "./rate-limits";
import { rehearsedAnswer } from "./rehearsed";
import type { RequestLog } from "./request-log";
import { type Call, findRoute, type Route } from "./route";
import { noSuchRoute } from "./stripe-addresses";
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

interface Work {
  request: ApiRequest;
  /** The request's id. */
  id: string;
  key: string | null;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The `/v1` API: keys, versions, limits, idempotency, locks, faults, and one transaction per request. */
export class Api {
  private readonly idempotency: Idempotency;
  private readonly limits: RateLimits;
  private readonly locks = new ObjectLocks();

  constructor(
    private readonly account: Account,
    private readonly routes: readonly Route[],
    private readonly log: RequestLog,
  ) {
    this.idempotency = new Idempotency(account);
    this.limits = new RateLimits(account);
  }

  async respond(request: ApiRequest): Promise<Outcome> {
    const id = newId("req").slice(0, 18);
    const key = request.method === "POST" ? (request.headers["idempotency-key"] ?? null) : null;
    const { key: _apiKey, client_secret: _secret, ...params } = request.params;
    const at = new Date(this.account.nowMs()).toISOString();
    const entry = this.log.add({ id, method: request.method, path: request.path, idempotencyKey: key, params, at });
    const outcome = await this.withFaults({ request, id, key });
    this.log.finish(entry, typeof outcome === "string" ? null : outcome.status);
    return outcome;
  }

  private async withFaults(work: Work): Promise<Outcome> {
    const fault = findFault(this.account, { ...work.request, idempotencyKey: work.key });
    const delayMs = fault?.delayMs ?? 0;
    if (fault?.do === "reset_before" || (fault?.do === "status" && (fault.status ?? 500) < 500)) {
      takeFault(this.account, fault);
      await pause(delayMs);
      return fault.do === "reset_before" ? "reset" : this.finished(rehearsedAnswer(fault), work);
    }
    // A 500 is met while the request is worked on, so the answer is kept under its key; the others lose or delay the answer.
    const breaks = fault?.do === "status" ? fault : null;
    if (fault && !breaks) takeFault(this.account, fault);
    const answer = this.answer(work, breaks);
    this.account.inspector?.answered(exchangeOf(work.request, answer));
    if (delayMs > 0) {
      const release = this.hold(work);
      await pause(delayMs);
      release();
    }
    if (fault?.do === "reset_after") return "reset";
    if (fault?.do === "timeout_after") return "silence";
    return this.finished(answer, work);
  }

  private hold({ request, key }: Work): () => void {
    const releases = [this.locks.hold(objectsOf(request)), ...(key ? [this.idempotency.hold(key)] : [])];
    return () => {
      for (const release of releases) release();
    };
  }

  private finished(answer: Answer, { request, id, key }: Work): Answer {
    return {
      ...answer,
      headers: {
        "request-id": id,
        "stripe-version": request.headers["stripe-version"] ?? API_VERSION,
        "cache-control": "no-cache, no-store",
        ...(key && { "idempotency-key": key }),
        ...answer.headers,
      },
    };
  }

  /** Everything up to the answer, without a pause, so that no other request comes in between. */
  private answer(work: Work, breaks: Fault | null): Answer {
    const { request, id, key } = work;
    const logUrl = `${this.account.publicUrl}/_sandbox/requests#${id}`;
    try {
      const keyParameter = typeof request.params.key === "string" ? request.params.key : null;
      const kind = authenticate(this.account.keys, request.headers.authorization, keyParameter);
      const found = findRoute(this.routes, request.method, request.path);
      this.limits.check(request.method, request.path, `${request.method} ${found?.route.pattern.join("/") ?? ""}`);
      checkVersion(request.headers["stripe-version"] ?? null);
      if (request.headers["stripe-account"]) throw unsupported("Connect: the header Stripe-Account");
      const { client_secret: clientSecret, key: _key, _stripe_version: _version, ...params } = request.params;
      const fingerprint = `${request.method} ${request.path} ${canonicalForm(params)}`;
      const remember = (answer: Answer) => {
        if (key) this.account.store.transaction(() => this.idempotency.remember(key, fingerprint, id, answer));
        return answer;
      };
      const known = key === null ? null : this.idempotency.recall(key, fingerprint);
      if (known) return known;
      this.locks.check(objectsOf(request));
      if (breaks) {
        takeFault(this.account, breaks);
        return remember(rehearsedAnswer(breaks));
      }
      if (!found) throw noSuchRoute(request.method, request.path);
      if (kind === "publishable" && !found.route.publishable) throw secretKeyRequired();
      const call = this.callOf(request, found.values, kind, typeof clientSecret === "string" ? clientSecret : null);
      const present = presentFor(this.account, { ...request, params });
      try {
        return this.account.store.transaction(() => {
          this.account.request = { id, idempotency_key: key };
          return remember(this.account.at(present, () => this.run(found.route, params, call, logUrl)));
        });
      } catch (error) {
        // What was refused in the course of the work is told again, although nothing of the work is kept.
        if (error instanceof StripeFailure && executionBegan(error)) return remember(errorAnswer(error, logUrl));
        throw error;
      }
    } catch (error) {
      return answerToThrown(error, logUrl);
    } finally {
      this.account.request = null;
    }
  }

  private callOf(request: ApiRequest, path: Call["path"], kind: KeyKind, clientSecret: string | null): Call {
    return {
      path,
      version: request.headers["stripe-version"] ?? null,
      clientSecret,
      publishable: kind === "publishable",
      ipAddress: request.ipAddress,
      userAgent: request.headers["user-agent"] ?? "",
    };
  }

  /** Runs the route. A failure that is an outcome is an answer like another; the rest is thrown and undone. */
  private run(route: Route, params: FormTree, call: Call, logUrl: string): Answer {
    try {
      const result = route.run(this.account, params, call);
      return jsonAnswer(expand(this.account, result, Array.isArray(params.expand) ? params.expand.map(String) : []));
    } catch (error) {
      if (error instanceof StripeFailure && error.keepsChanges) return errorAnswer(error, logUrl);
      throw missingIn(call.path, error);
    }
  }
}
