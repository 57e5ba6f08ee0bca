import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";
import { requestIdOf } from "@/lib/http/request-id";
import { contentSecurityPolicy, needsHttps, securityHeaders } from "@/lib/http/security-headers";

/** Before every page: https, a request id, and the security headers with a fresh nonce. The API has its own door. */
export function proxy(request: NextRequest): NextResponse {
  const settings = env();
  const { pathname, search } = request.nextUrl;
  if (needsHttps(request.headers.get("x-forwarded-proto"), settings)) {
    const target = new URL(settings.BILLING_URL);
    return NextResponse.redirect(new URL(`https://${target.host}${pathname}${search}`), 308);
  }
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = contentSecurityPolicy(nonce, settings);
  const requestId = requestIdOf(request);

  const headers = new Headers(request.headers);
  headers.set("x-request-id", requestId);
  headers.set("x-nonce", nonce);
  headers.set("x-evenkeel-path", `${pathname}${search}`);
  // Next reads the nonce for its own scripts from here.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  response.headers.set("X-Request-Id", requestId);
  for (const [name, value] of Object.entries(securityHeaders(settings))) response.headers.set(name, value);
  return response;
}

export const config = { matcher: ["/((?!api/|_next/|.*\\.(?:svg|png|ico|txt|webmanifest)$).*)"] };
