import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/**
 * State-changing calls that are let in by the session's cookie must come from our own pages. A browser says where a call
 * comes from in Sec-Fetch-Site and, on everything but GET, in Origin; a caller that says neither is no browser, and nobody
 * can make it send somebody else's cookie.
 * @throws AppError cross_origin
 */
export function requireSameOrigin(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin") throw new AppError("cross_origin");
  const origin = request.headers.get("origin");
  if (!origin) return;
  if (!ownOrigins().includes(origin)) throw new AppError("cross_origin");
}

/** Where our pages are: BILLING_URL, and on a laptop the loopback interface under its other name. Request headers have no say. */
function ownOrigins(): string[] {
  const own = new URL(env().BILLING_URL);
  if (own.hostname !== "localhost" && own.hostname !== "127.0.0.1") return [own.origin];
  return ["localhost", "127.0.0.1"].map((name) => `${own.protocol}//${name}:${own.port}`);
}
