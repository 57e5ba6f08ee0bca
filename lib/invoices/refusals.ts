import { AppError } from "@/lib/errors";
import { stripeFailure } from "@/lib/stripe/failures";

/**
 * Turns what Stripe answered about an invoice into a refusal the caller understands; for `.catch(refuseInvoice)`.
 * @throws AppError invalid_request · stripe_unavailable; anything else as it was
 */
export function refuseInvoice(error: unknown): never {
  const failure = stripeFailure(error);
  if (!failure) throw error;
  if (failure.kind === "unavailable") throw new AppError("stripe_unavailable", undefined, { cause: error });
  const said = error instanceof Error ? error.message : "";
  throw new AppError("invalid_request", `Stripe does not accept it: ${said}`, { cause: error });
}
