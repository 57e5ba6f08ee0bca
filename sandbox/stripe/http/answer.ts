import { StripeFailure } from "./errors";

export interface Answer {
  status: number;
  body: string;
  headers: Record<string, string>;
}

export function jsonAnswer(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    body: `${JSON.stringify(value, null, 2)}\n`,
    headers: { "content-type": "application/json", ...headers },
  };
}

/** Stripe's errors with a code say where it is explained. */
function docUrl(code: string | undefined): { doc_url?: string } {
  if (!code || code === "standin_unsupported") return {};
  return { doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}` };
}

/** @param logUrl where the request is shown */
export function errorAnswer(failure: StripeFailure, logUrl?: string): Answer {
  const error = { ...docUrl(failure.body.code), ...failure.body, ...(logUrl && { request_log_url: logUrl }) };
  return jsonAnswer({ error }, failure.status, failure.headers);
}

/** The answer to whatever was thrown. A mistake of the stand-in's own is a 500 in Stripe's shape, and is written to stderr. */
export function answerToThrown(error: unknown, logUrl?: string): Answer {
  if (error instanceof StripeFailure) return errorAnswer(error, logUrl);
  console.error("stripe stand-in:", error);
  const reason = error instanceof Error ? error.message : String(error);
  return errorAnswer(new StripeFailure(500, { type: "api_error", message: `The stand-in failed: ${reason}` }), logUrl);
}
