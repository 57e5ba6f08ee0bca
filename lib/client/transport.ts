import { BillingError, errorOf } from "./error";
import { waitBeforeRetry } from "./retry";
import type { CallOptions } from "./types";

export type ClientOptions = {
  /** Where Evenkeel is, such as `https://billing.example.com`. In a page of Evenkeel's own it can be left out. */
  baseUrl?: string;
  /** An API token. Without one, in a browser, the session of the web app. */
  token?: string | (() => string | Promise<string>);
  /** Which tenant is meant, for people with several and for operators. */
  tenantId?: string;
  /** How often a call is made again, when that is safe. Default 3. */
  retries?: number;
  /** How long one try may take. Default 30,000. */
  timeoutMs?: number;
  /** Instead of the global one. */
  fetch?: (request: Request) => Promise<Response>;
};

const BASE_PATH = "/api/v1/billing";

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

function queryOf(input: object | undefined): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input ?? {}))
    if (value !== undefined && value !== null) query.set(name, Array.isArray(value) ? value.join(",") : String(value));
  return query.size > 0 ? `?${query}` : "";
}

/** What one call is, the same over all its tries. */
type Call = { method: string; url: string; headers: Record<string, string>; body: string | undefined };

async function prepare(options: ClientOptions, route: string, args: unknown[]): Promise<[Call, CallOptions]> {
  const [method = "", template = ""] = route.split(" ");
  let used = 0;
  const path = template.replace(/\{\w+\}/g, () => encodeURIComponent(String(args[used++])));
  const input = args[used] as object | undefined;
  const more = (args[used + 1] ?? {}) as CallOptions;
  const hasBody = method !== "GET" && method !== "DELETE";
  const origin = options.baseUrl ?? globalThis.location?.origin ?? "";
  const token = typeof options.token === "function" ? await options.token() : options.token;
  const headers = {
    ...(hasBody && { "Content-Type": "application/json" }),
    ...(method === "POST" && { "Idempotency-Key": more.idempotencyKey ?? crypto.randomUUID() }),
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(options.tenantId && { "Evenkeel-Tenant": options.tenantId }),
  };
  const url = `${origin.replace(/\/$/, "")}${BASE_PATH}${path}${hasBody ? "" : queryOf(input)}`;
  return [{ method, url, headers, body: hasBody ? JSON.stringify(input ?? {}) : undefined }, more];
}

type Outcome = { response: Response } | { error: BillingError; retryAfter: string | null };

async function tryOnce(options: ClientOptions, call: Call, signal: AbortSignal | undefined): Promise<Outcome> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? 30_000);
  const { url, ...rest } = call;
  const request = new Request(url, { ...rest, signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
  let response: Response;
  try {
    response = await (options.fetch ?? globalThis.fetch)(request);
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    const [code, text] = timeout.aborted
      ? (["timeout", "took too long"] as const)
      : (["unreachable", "cannot be reached"] as const);
    return { error: new BillingError(`Evenkeel ${text}`, { code, status: 0, cause }), retryAfter: null };
  }
  if (response.ok) return { response };
  return { error: await errorOf(response), retryAfter: response.headers.get("retry-after") };
}

const isJson = (response: Response) => /^application\/json\b/.test(response.headers.get("content-type") ?? "");

/**
 * Makes one call of the API, again where that is safe.
 * @param route method and path, `POST /subscriptions/{id}/usage`
 * @param args the parameters of the path, then the body or query, then the options of the call
 * @throws BillingError; whatever the caller's signal was aborted with
 */
export async function send(options: ClientOptions, route: string, args: unknown[]): Promise<unknown> {
  const [call, { signal }] = await prepare(options, route, args);
  for (let tries = 1; ; tries++) {
    const outcome = await tryOnce(options, call, signal);
    if ("response" in outcome) return isJson(outcome.response) ? outcome.response.json() : outcome.response;
    const { error, retryAfter } = outcome;
    const wait = waitBeforeRetry(call.method, error, tries, retryAfter, Math.random());
    if (wait === null || tries > (options.retries ?? 3)) throw error;
    await pause(wait, signal);
  }
}
