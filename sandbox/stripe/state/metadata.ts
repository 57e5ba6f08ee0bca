import type Stripe from "stripe";

/**
 * Merges metadata the way an update does: keys are added, an empty value removes its key, null removes all.
 * @see https://docs.stripe.com/api/metadata
 */
export function mergeMetadata(
  current: Stripe.Metadata | null,
  given: Record<string, string> | null | undefined,
): Stripe.Metadata {
  if (given === undefined) return current ?? {};
  if (given === null) return {};
  return Object.fromEntries(Object.entries({ ...current, ...given }).filter(([, value]) => value !== ""));
}
