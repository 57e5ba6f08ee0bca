import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { headersOf, sendAnswer, toRequest } from "./node-http";
import { problemResponse } from "./problem";
import { requestIdOf } from "./request-id";
import { servedAt } from "./served";

export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

const PAGE_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

const refusal = (request: IncomingMessage, error: AppError, headers?: Record<string, string>) =>
  problemResponse(error, requestIdOf({ headers: headersOf(request) }), headers);

/** What no page can answer well; null: a page may try. */
function refuseAtDoor(request: IncomingMessage, pathname: string): Response | null {
  if (!pathname.startsWith("/") || !isDecodable(pathname))
    return refusal(request, new AppError("not_found", "There is no such path"));
  if (PAGE_METHODS.includes(request.method ?? "")) return null;
  const Allow = PAGE_METHODS.join(", ");
  return refusal(request, new AppError("method_not_allowed", `Allowed here: ${Allow}`), { Allow });
}

const JOBS_PATH = "/api/inngest";

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  next: NodeHandler,
  jobs: NodeHandler,
): Promise<void> {
  const method = request.method ?? "";
  const pathname = /^[^?#]*/.exec(request.url ?? "")?.[0] ?? "";
  if (pathname === JOBS_PATH) return jobs(request, response);
  const served = servedAt(method, pathname);
  if (served === null) {
    const refused = refuseAtDoor(request, pathname);
    return refused ? sendAnswer(response, refused) : next(request, response);
  }
  const answer = served.handle
    ? await served.handle(await toRequest(request))
    : await served.refuse({ method, headers: headersOf(request) });
  return sendAnswer(response, answer);
}

/**
 * The server of production: the API of billing, Stripe's webhook and health are answered here by the functions that the route
 * files export, and so are the jobs' steps, without Next in between; everything else is Next's.
 * @param next Next's own request handler
 * @param jobs what answers Inngest; Next when there is none
 */
export function createFront(next: NodeHandler, jobs: NodeHandler = next): Server {
  const server = createServer((request, response) => {
    // Who is told that the connection closes brings the next request to another instance.
    if (!server.listening) response.shouldKeepAlive = false;
    serve(request, response, next, jobs).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return;
      log().error({ err: error, method: request.method, url: request.url }, "an answer broke off");
      if (response.headersSent) response.destroy();
      else void sendAnswer(response, refusal(request, new AppError("internal")));
    });
  });
  return server;
}

/** Stops listening and waits until the requests under way are answered. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  // A connection that is kept open is idle only after its answer.
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  await closed;
  clearInterval(sweep);
}
