import Stripe from "stripe";
import { AppError } from "@/lib/errors";

/** What the product throws so that it is tried again: what it needs has not been heard of yet. */
const NOT_YET = /is not in the ledger yet|could not be sent yet|changed \d+ times while they were fetched/;

/**
 * Whether an error may be: a refusal that callers understand, or what a simulated fault leads to. Anything else is a fault of the
 * product's, whatever came of the money.
 */
export function isExpected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AppError) return error.code !== "internal";
  if (error instanceof Stripe.errors.StripeError) return true;
  if (/\(simulated/.test(error.message) || NOT_YET.test(error.message)) return true;
  return error.cause !== undefined && isExpected(error.cause);
}
