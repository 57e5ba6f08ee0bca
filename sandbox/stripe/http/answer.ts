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

export function errorAnswer(failure: StripeFailure): Answer {
  return jsonAnswer({ error: failure.body }, failure.status, failure.headers);
}

/** The answer to whatever was thrown. A mistake of the stand-in's own is a 500 in Stripe's shape, and is written to stderr. */
export function answerToThrown(error: unknown): Answer {
  if (error instanceof StripeFailure) return errorAnswer(error);
  console.error("stripe stand-in:", error);
  const reason = error instanceof Error ? error.message : String(error);
  return errorAnswer(new StripeFailure(500, { type: "api_error", message: `The stand-in failed: ${reason}` }));
}
