/** The recurring jobs that have to do with the prepaid balance, as an executor rings for them. */
export const RECURRING = [
  "sweep-balances",
  "resolve-attempts",
  "retry-failed",
  "sweep-stripe-events",
  "resolve-invoices",
] as const;
