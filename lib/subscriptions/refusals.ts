import { AppError } from "@/lib/errors";
import { PROBLEM_SENTENCES, problemOf } from "@/lib/payment-methods/problems";
import { stripeFailure } from "@/lib/stripe/failures";

/**
 * Turns what Stripe answered about a subscription into a refusal the caller understands; for `.catch(refuseChange)`.
 * @throws AppError not_found · change_refused (with what Stripe said) · stripe_unavailable; anything else as it was
 */
export function refuseChange(error: unknown): never {
  const failure = stripeFailure(error);
  if (!failure) throw error;
  if (failure.kind === "unavailable") throw new AppError("stripe_unavailable", undefined, { cause: error });
  if (failure.kind === "missing") throw new AppError("not_found", undefined, { cause: error });
  const said = error instanceof Error ? error.message : "";
  throw new AppError("change_refused", `Stripe does not accept it: ${said}`, { cause: error });
}

/** A payment that was to begin or change a plan was declined: why, and what has not happened. The field's message is its code. */
export function declined(error: { code?: string | null; declineCode?: string | null } | null): AppError {
  const problem = problemOf(error ?? {});
  return new AppError(
    "payment_method_declined",
    `${PROBLEM_SENTENCES[problem]} Nothing was charged, and your plan has not changed.`,
    { fields: [{ path: "paymentMethodId", message: problem }] },
  );
}
