/**
 * How this account collects, as a Dashboard would show it under Billing → Subscriptions and emails, and Automations.
 * Smart Retries are off: a fixed schedule is what a test can foresee.
 */
export const COLLECTION = {
  /** A retry so many days after each failed attempt. */
  retryDays: [3, 5, 7],
  /** From the finalisation by hand to the first attempt. */
  firstAttemptSeconds: 3_600,
  /** `invoice.will_be_due` comes so long before the due date. */
  dueSoonDays: 7,
  /** `invoice.overdue` comes so long after it. */
  overdueDays: 1,
} as const;

export const DAY_SECONDS = 86_400;
