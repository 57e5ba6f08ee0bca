const KNOWN = ["manual", "subscription_create", "subscription_cycle", "subscription_update"] as const;

/** Why an invoice was made, as the messages name it; Stripe may know further reasons. */
export const reasonKey = (reason: string): (typeof KNOWN)[number] | "other" =>
  KNOWN.find((known) => known === reason) ?? "other";
