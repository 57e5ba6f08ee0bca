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

class ResourceMissing extends StripeFailure {
  constructor(
    readonly missing: string,
    status: number,
    body: ErrorBody,
  ) {
    super(status, body);
  }
}

/**
 * 404, which `missingIn` makes a 400 when the id was not in the address.
 * @param kind as Stripe writes it in the message: `customer`, `PaymentMethod`, `payment_intent`
 */
export function resourceMissing(kind: string, id: string, param = "id"): StripeFailure {
  const message = `No such ${kind}: '${id}'`;
  return new ResourceMissing(id, 404, { type: "invalid_request_error", message, code: "resource_missing", param });
}

/** Only the object of the address itself is not found; another one, named in a parameter, makes the request a bad one. */
export function missingIn(path: Record<string, string>, failure: unknown): unknown {
  if (!(failure instanceof ResourceMissing) || Object.values(path).includes(failure.missing)) return failure;
  return new ResourceMissing(failure.missing, 400, failure.body);
}

/**
 * Whether a refusal came in the course of the work, so that its answer belongs to the idempotency key, and not from looking at
 * the parameters, whose correction may be sent under the same key.
 * @see https://docs.stripe.com/api/idempotent_requests
 */
export function executionBegan({ status, body }: StripeFailure): boolean {
  if (body.code === "resource_missing") return true;
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
