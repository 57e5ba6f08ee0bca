/** The closed set of codes that callers may rely on, each with its HTTP status and title. Documented at /docs/api. */
export const ERROR_CODES = {
  invalid_request: [422, "Some of the input is not valid"],
  malformed_json: [400, "The body is not valid JSON"],
  unsupported_media_type: [415, "The body must be application/json"],
  payload_too_large: [413, "The body is larger than 1 MiB"],
  unauthenticated: [401, "A valid token or session is required"],
  forbidden: [403, "The role or scope does not allow this"],
  cross_origin: [403, "State-changing calls with a session must come from the same origin"],
  not_found: [404, "There is no such object"],
  method_not_allowed: [405, "The method is not allowed here"],
  rate_limited: [429, "Too many requests"],
  idempotency_key_required: [400, "This call moves money and needs an Idempotency-Key"],
  idempotency_key_invalid: [400, "The Idempotency-Key must have 1 to 255 characters"],
  idempotency_key_reused: [409, "The Idempotency-Key was used with another request"],
  idempotency_key_in_use: [409, "The first request with this Idempotency-Key is still running"],
  insufficient_balance: [402, "The balance does not suffice"],
  debit_id_reused: [409, "This id was used for another debit"],
  hold_not_active: [409, "The hold is not active any more"],
  recharge_in_progress: [409, "A charge is already under way"],
  nothing_to_charge: [409, "The balance is at its target already"],
  limit_reached: [409, "A limit of the auto-recharge rule does not allow this charge"],
  card_budget_exhausted: [409, "This card was tried too often in 30 days"],
  recharge_stopped: [409, "Charging is stopped by the operator"],
  no_payment_method: [409, "There is no payment method to charge"],
  limits_unsatisfiable: [422, "The rule could never charge within its limits"],
  consent_required: [422, "Turning auto-recharge on needs the customer's consent"],
  payment_method_in_use: [409, "The payment method is used by the active auto-recharge rule"],
  payment_method_declined: [402, "The payment method was declined"],
  webhook_signature_invalid: [400, "The signature is not valid"],
  quota_exceeded: [402, "The plan's quota is used up"],
  usage_id_reused: [409, "This id was used for other usage"],
  subscription_ended: [409, "The subscription has ended"],
  subscription_paused: [409, "The subscription is paused"],
  subscription_incomplete: [409, "The subscription waits for its first payment"],
  change_in_progress: [409, "Another change is under way"],
  change_refused: [409, "The change cannot be made"],
  already_subscribed: [409, "There is a paid subscription already: change it instead"],
  trial_used: [409, "The trial was used already"],
  quote_changed: [409, "The price has changed since it was shown"],
  discount_unknown: [422, "There is no such coupon or promotion code"],
  invoice_not_draft: [409, "The invoice is final: it cannot be changed any more"],
  invoice_not_open: [409, "The invoice is not open"],
  payment_in_progress: [409, "A payment of this invoice is under way"],
  not_refundable: [409, "There is nothing to give back of this transaction"],
  recharge_would_follow: [409, "Auto-recharge would charge again what is given back"],
  plan_not_offered: [422, "The plan is not sold like that"],
  link_invalid: [410, "The link was used already or has expired"],
  already_member: [409, "This person belongs to the organisation already"],
  already_invited: [409, "There is an open invitation to this address"],
  wrong_account: [409, "The invitation is for another address"],
  last_owner: [409, "An organisation needs an owner"],
  mail_unavailable: [502, "The mail could not be sent"],
  stripe_unavailable: [502, "Stripe could not be reached"],
  internal: [500, "Something went wrong on our side"],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof ERROR_CODES;
export type FieldError = { path: string; message: string };

/** A refusal that the caller can understand. Anything else that is thrown is a bug and answers 500. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: string = ERROR_CODES[code][1],
    readonly options: { fields?: FieldError[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = "AppError";
  }
  get status(): number {
    return ERROR_CODES[this.code][0];
  }
}

/** Details are for reading; what is in all of the fields is in the fields. */
const LONGEST_DETAIL = 500;

/** A refusal of fields, each named with what is wrong with it, or of the whole where a path is empty. */
export function refusalOf(code: ErrorCode, fields: FieldError[], cause?: unknown): AppError {
  const detail = fields.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
  return new AppError(code, detail.slice(0, LONGEST_DETAIL), { fields, cause });
}

/** One field is wrong. @param path dotted path in the body */
export const invalid = (path: string, message: string, code: ErrorCode = "invalid_request") =>
  refusalOf(code, [{ path, message }]);

/** For what cannot happen. @throws Error when it did */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`);
}
