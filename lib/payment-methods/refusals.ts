import { AppError, invalid } from "@/lib/errors";
import { stripeFailure } from "@/lib/stripe/failures";
import { PROBLEM_SENTENCES, problemOf } from "./problems";

/**
 * Turns what Stripe answered into a refusal the caller understands; for `.catch(refuse)`.
 * @throws AppError payment_method_declined (the field error's message is a code of METHOD_PROBLEMS), not_found,
 *   invalid_request, stripe_unavailable; anything else as it was
 */
export function refuse(error: unknown): never {
  const failure = stripeFailure(error);
  if (failure?.kind === "card") {
    const problem = problemOf(failure);
    throw new AppError("payment_method_declined", PROBLEM_SENTENCES[problem], {
      fields: [{ path: "paymentMethodId", message: problem }],
      cause: error,
    });
  }
  if (failure?.kind === "missing") throw new AppError("not_found", undefined, { cause: error });
  if (failure?.kind === "invalid")
    throw new AppError("invalid_request", "Stripe does not accept this payment method.", { cause: error });
  if (failure?.kind === "unavailable") throw new AppError("stripe_unavailable", undefined, { cause: error });
  throw error;
}

/** A request names a method that is not there, or is somebody else's. @param path of the field that names it */
export const unknownMethod = (path = "paymentMethodId"): AppError =>
  invalid(path, "is not a payment method of yours", "not_found");

/** As {@link refuse}, of the method that the request names in `paymentMethodId`. */
export function refuseNamed(error: unknown): never {
  const kind = stripeFailure(error)?.kind;
  if (kind === "missing") throw unknownMethod();
  if (kind === "invalid") throw invalid("paymentMethodId", "is not accepted by Stripe");
  return refuse(error);
}
