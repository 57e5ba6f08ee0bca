import type Stripe from "stripe";

/** The members of Stripe's `error` object. */
export interface ErrorBody {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  message: string;
  code?: string;
  decline_code?: string;
  advice_code?: string;
  network_decline_code?: string;
  param?: string;
  charge?: string;
  doc_url?: string;
  payment_method_type?: string;
  payment_intent?: Stripe.PaymentIntent;
  payment_method?: Stripe.PaymentMethod;
  setup_intent?: Stripe.SetupIntent;
}

/** An answer with Stripe's error shape. */
export class StripeFailure extends Error {
  override readonly name = "StripeFailure";

  /**
   * @param keepsChanges true when the failure is itself an outcome (a declined charge is written down); otherwise nothing of
   * the request is kept
   */
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    readonly keepsChanges = false,
    readonly headers: Record<string, string> = {},
  ) {
    super(body.message);
  }
}

export function invalidRequest(
  message: string,
  details: { param?: string; code?: string; status?: number } = {},
): StripeFailure {
  const { status = 400, ...rest } = details;
  return new StripeFailure(status, { type: "invalid_request_error", message, ...rest });
}

/** @param kind as Stripe writes it in the message: `customer`, `PaymentMethod`, `payment_intent` */
export function resourceMissing(kind: string, id: string, param = "id"): StripeFailure {
  return invalidRequest(`No such ${kind}: '${id}'`, { status: 404, code: "resource_missing", param });
}

/**
 * Whether a refusal came in the course of the work, so that its answer belongs to the idempotency key, and not from looking at
 * the parameters, whose correction may be sent under the same key.
 * @see https://docs.stripe.com/api/idempotent_requests
 */
export function executionBegan({ status, body }: StripeFailure): boolean {
  return status === 402 || status === 404 || (status === 400 && !body.param && !body.code?.startsWith("parameter_"));
}

/** For what Stripe can do and the stand-in cannot. The SDK is told not to try again. */
export function unsupported(what: string, param?: string): StripeFailure {
  const message = `The Stripe stand-in does not support ${what}.`;
  const body: ErrorBody = {
    type: "invalid_request_error",
    code: "standin_unsupported",
    message,
    ...(param && { param }),
  };
  return new StripeFailure(501, body, false, { "stripe-should-retry": "false" });
}

/** A 402 that is an outcome: what it changed stays. */
export function cardFailure(body: Omit<ErrorBody, "type">): StripeFailure {
  return new StripeFailure(402, { type: "card_error", ...body }, true);
}
