import Stripe from "stripe";

/** What went wrong in a call, in the product's terms. */
export type StripeFailure = {
  /** `card`: the bank or the issuer refused. `missing`: no such object. `unavailable`: nobody knows; try again. `invalid`: the request was refused. */
  kind: "card" | "missing" | "unavailable" | "invalid";
  code: string | null;
  declineCode: string | null;
};

/** @returns null when the error does not come from Stripe */
export function stripeFailure(error: unknown): StripeFailure | null {
  if (!(error instanceof Stripe.errors.StripeError)) return null;
  const failure = (kind: StripeFailure["kind"]) => ({
    kind,
    code: error.code ?? null,
    declineCode: error.decline_code ?? null,
  });
  if (error instanceof Stripe.errors.StripeCardError) return failure("card");
  if (error.code === "resource_missing") return failure("missing");
  if (error instanceof Stripe.errors.StripeInvalidRequestError) return failure("invalid");
  return failure("unavailable");
}
