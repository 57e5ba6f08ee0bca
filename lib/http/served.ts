import { healthResponse, liveResponse, readyResponse } from "@/lib/health/responses";
import { BASE_PATH } from "./openapi";
import { ENDPOINTS } from "./registry";
import { routeTree } from "./route-tree";
import { METHODS, type RouteHandlers, routes, unknownPath } from "./routes";

const HEALTH = new Map<string, () => Response | Promise<Response>>([
  ["/api/health", healthResponse],
  ["/api/health/live", liveResponse],
  ["/api/health/ready", readyResponse],
]);

const paths = [...new Set(ENDPOINTS.map((each) => each.path))];
const find = routeTree(paths.map((path) => [path, routes(...ENDPOINTS.filter((each) => each.path === path))]));
const unknown = unknownPath();

/** The parts of a path, decoded; null when an escape in it stands for nothing. */
function segmentsOf(path: string): string[] | null {
  try {
    return path
      .split("/")
      .slice(1)
      .map((segment) => (segment.includes("%") ? decodeURIComponent(segment) : segment));
  } catch {
    return null;
  }
}

function handlersAt(path: string): { handlers: RouteHandlers; params: Record<string, string> } {
  const segments = segmentsOf(path);
  const found = segments && find(segments);
  return found ? { handlers: found.value, params: found.params } : { handlers: unknown, params: {} };
}

/** `handle` answers the request; without it, of a method that is nobody's, there is but the refusal. */
export type Served = {
  handle?: (request: Request) => Response | Promise<Response>;
  refuse: RouteHandlers["refuse"];
};

/**
 * Who answers a path without Next: the API of billing with the webhook, and health.
 * @param pathname as it was sent, escapes and all
 * @returns null for everything else, also for paths that Next corrects by a redirect (`//`, a slash at the end)
 */
export function servedAt(method: string, pathname: string): Served | null {
  const isRead = method === "GET" || method === "HEAD";
  const health = isRead && HEALTH.get(pathname);
  if (health) return { handle: health, refuse: unknown.refuse };
  if (!pathname.startsWith(BASE_PATH) || pathname.includes("//")) return null;
  const path = pathname.slice(BASE_PATH.length);
  if ((path !== "" && !path.startsWith("/")) || path.endsWith("/")) return null;
  const { handlers, params } = handlersAt(path);
  const name = isRead ? "GET" : [...METHODS, "OPTIONS" as const].find((each) => each === method);
  const handler = name && handlers[name];
  if (!handler) return { refuse: handlers.refuse };
  return { handle: (request) => handler(request, { params: Promise.resolve(params) }), refuse: handlers.refuse };
}
