import { env } from "@/lib/env";
import { AppError, ERROR_CODES, type ErrorCode, type FieldError } from "@/lib/errors";
import { jsonResponse } from "./json-response";

export type Problem = {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  errors: FieldError[];
  requestId: string;
};

/** Where the documentation explains a code; the `type` of a problem (RFC 9457). */
export const problemType = (code: ErrorCode): string => `${env().BILLING_URL.replace(/\/$/, "")}/docs/api#${code}`;

/** An error as `application/problem+json`. What is not an AppError is a bug and tells nothing about itself. */
export function problemResponse(error: unknown, requestId: string, headers: Record<string, string> = {}): Response {
  const known = error instanceof AppError ? error : new AppError("internal");
  const [status, title] = ERROR_CODES[known.code];
  const body: Problem = {
    type: problemType(known.code),
    title,
    status,
    code: known.code,
    detail: known.detail,
    errors: known.options.fields ?? [],
    requestId,
  };
  const extra: Record<string, string> = { ...headers };
  if (known.options.retryAfterSeconds !== undefined) extra["Retry-After"] = String(known.options.retryAfterSeconds);
  if (status === 401) extra["WWW-Authenticate"] = 'Bearer realm="evenkeel"';
  return jsonResponse(body, status, {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": requestId,
    ...extra,
  });
}
