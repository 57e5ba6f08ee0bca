/** The recurring jobs that have to do with the prepaid balance, as an executor rings for them. */
export const RECURRING = [
  "sweep-balances",
  "resolve-attempts",
  "retry-failed",
  "sweep-stripe-events",
  "resolve-invoices",
] as const;

/** Those that have to do with plans, which ring only where plans are sold. */
export const OF_PLANS = ["resolve-subscription-changes", "retry-failed-payments", "run-dunning"] as const;
