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
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  const own = origin === new URL(env().BILLING_URL).origin || (URL.canParse(origin) && new URL(origin).host === host);
  if (!own) throw new AppError("cross_origin");
}
