import { AppError } from "@/lib/errors";
import { callLog, currentLogContext, log, withLogContext } from "@/lib/log";
import { httpDuration } from "@/lib/metrics";
import type { Endpoint, Method } from "./endpoint";
import { problemResponse } from "./problem";
import { requestIdOf } from "./request-id";
import { run } from "./run";

type Params = Record<string, string | string[] | undefined>;
/** The shape in which a route is called; `params` are the parts of the path in brackets. */
export type RouteHandler = (request: Request, context?: { params: Promise<Params> }) => Promise<Response>;
/** What is known of a request whose method is nobody's: of some (TRACE) no `Request` can be made. */
export type OddRequest = Pick<Request, "method" | "headers">;
/** A handler for each method that route files name, and the refusal of all others, which only our own listener can give. */
export type RouteHandlers = Record<Method | "OPTIONS", RouteHandler> & {
  refuse: (request: OddRequest) => Promise<Response>;
};

export const METHODS: Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Calls `work` under a request id; whatever it throws becomes a problem, whatever happens is counted and logged. */
async function answer(
  request: OddRequest,
  path: string,
  work: () => Promise<Response>,
  problemHeaders: Record<string, string> = {},
): Promise<Response> {
  const requestId = requestIdOf(request);
  const startedAt = performance.now();
  return withLogContext({ requestId }, async () => {
    let response: Response;
    try {
      response = await work();
    } catch (error) {
      if (!(error instanceof AppError)) log().error({ err: error, path }, "request failed");
      else if (error.status >= 500) log().warn({ err: error, path }, "request failed");
      response = problemResponse(error, requestId, problemHeaders);
    }
    const ms = performance.now() - startedAt;
    httpDuration().observe({ method: request.method, path, status: String(response.status) }, ms / 1000);
    callLog().info({ method: request.method, path, status: response.status, ms: Math.round(ms) }, "request");
    return response;
  });
}

async function plainParams(context?: { params: Promise<Params> }): Promise<Record<string, string>> {
  const params = (await context?.params) ?? {};
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

/** What a route file exports: its endpoints, and a documented refusal for every other method. */
export function routes(...endpoints: Endpoint[]): RouteHandlers {
  const path = endpoints[0]?.path ?? "";
  const allow = [
    ...METHODS.filter((method) => endpoints.some((e) => e.method === method)),
    ...(endpoints.some((e) => e.method === "GET") ? ["HEAD"] : []),
    "OPTIONS",
  ].join(", ");
  const refuse = (request: OddRequest) =>
    answer(request, path, () => Promise.reject(new AppError("method_not_allowed", `Allowed here: ${allow}`)), {
      Allow: allow,
    });
  const handlerOf = (method: Method): RouteHandler => {
    const endpoint = endpoints.find((each) => each.method === method);
    if (!endpoint) return refuse;
    return (request, context) => answer(request, path, async () => run(endpoint, request, await plainParams(context)));
  };
  const handlers = Object.fromEntries(METHODS.map((method) => [method, handlerOf(method)])) as Record<
    Method,
    RouteHandler
  >;
  const options: RouteHandler = (request) =>
    answer(request, path, async () => {
      const requestId = currentLogContext().requestId ?? "";
      return new Response(null, { status: 204, headers: { Allow: allow, "X-Request-Id": requestId } });
    });
  return Object.assign(handlers, { OPTIONS: options, refuse });
}

/** For paths that are nobody's. */
export function unknownPath(): RouteHandlers {
  const refuse = (request: OddRequest) =>
    answer(request, "(unknown)", () => Promise.reject(new AppError("not_found", "There is no such path")));
  return { GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse, OPTIONS: refuse, refuse };
}
