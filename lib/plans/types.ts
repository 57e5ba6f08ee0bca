import type { BillingCycle, SubscriptionStatus } from "@/db/schema/subscriptions";

export type { BillingCycle, SubscriptionStatus };

export const PLAN_IDS = ["free", "starter", "professional", "enterprise"] as const;
export type PlanId = (typeof PLAN_IDS)[number];

/** What a plan is called at Stripe and on invoices: names are the same in every language. */
export const PLAN_NAMES: Readonly<Record<PlanId, string>> = {
  free: "Free",
  starter: "Starter",
  professional: "Professional",
  enterprise: "Enterprise",
};

/** What is counted. A new metric is a line here and in each version of the catalogue that counts it. */
export const METRICS = ["messages", "api_calls"] as const;
export type Metric = (typeof METRICS)[number];

/** Currencies that plans are sold in, by ISO 4217 code. */
export const PLAN_CURRENCIES = ["USD", "EUR", "GBP", "JPY", "CNY", "KWD"] as const;
export type PlanCurrency = (typeof PLAN_CURRENCIES)[number];

/** Decimal strings in major units, by currency. */
export type Prices = Readonly<Record<PlanCurrency, string>>;

export type Quota = {
  /** Units a month that the plan's price pays for; null: no limit. */
  included: number | null;
  /** Price of each unit beyond, exact and often below a cent; null: nothing beyond (a hard cap). */
  overage: Prices | null;
};

export type Plan = {
  id: PlanId;
  version: string;
  /** Higher is more: decides what an upgrade is. */
  rank: number;
  /** Null: free of charge, and not at Stripe. */
  prices: Readonly<Record<BillingCycle, Prices>> | null;
  quotas: Readonly<Record<Metric, Quota>>;
  /** May be tried before it is paid. */
  hasTrial: boolean;
};
