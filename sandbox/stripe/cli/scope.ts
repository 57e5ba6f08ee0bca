/** The version whose triggers are the suite. */
export const CLI_VERSION = "1.52.0";

/** Triggers that are not asked of the stand-in, and why. Everything else the CLI offers must pass. */
const OUTSIDE: { pattern: RegExp; why: string }[] = [
  { pattern: /^issuing_/, why: "Issuing" },
  { pattern: /^identity\./, why: "Identity" },
  { pattern: /^(account|transfer|topup)\./, why: "Connect and top-ups" },
  { pattern: /^reporting\./, why: "reports" },
  { pattern: /cash_balance|^payment_intent\.partially_funded$/, why: "cash balance" },
  { pattern: /^customer\.source\./, why: "sources, which payment methods have replaced" },
  { pattern: /^quote\./, why: "quotes" },
  { pattern: /^subscription_schedule\./, why: "subscription schedules" },
  { pattern: /^payment_link\./, why: "payment links" },
  { pattern: /^v1\.billing\.meter\./, why: "the CLI sends it to meter-events.stripe.com, wherever the API is" },
];

export function whyOutside(trigger: string): string | null {
  return OUTSIDE.find(({ pattern }) => pattern.test(trigger))?.why ?? null;
}

/** Two triggers are called after what happens, not after the event they end with. */
const EVENT_OF: Record<string, string> = {
  "subscription.payment_failed": "invoice.payment_failed",
  "subscription.payment_succeeded": "invoice.payment_succeeded",
};

/** The event that a trigger promises. */
export function eventOf(trigger: string): string {
  return EVENT_OF[trigger] ?? trigger;
}
