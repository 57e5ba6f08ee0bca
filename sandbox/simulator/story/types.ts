import type { Arm } from "../faults";
import type { ExecutorMood } from "../seams/jobs";
import type { PostalMood } from "../seams/webhooks";

/** Limits of a rule, minor units, fee included; null: none. */
export type Limits = {
  minChargeMinor: number | null;
  maxChargeMinor: number | null;
  maxPerDayMinor: number | null;
  maxChargesPerDay: number | null;
  maxPerMonthMinor: number | null;
  minIntervalMinutes: number | null;
};

/** A rule as a customer saves it. Methods are ordinals among what the tenant has then; null: none named. */
export type RuleTerms = {
  enabled: boolean;
  minMinor: number;
  targetMinor: number;
  limits: Limits;
  method: number | null;
  backup: number | null;
  consent: boolean;
};

/** What somebody does. Ordinals (`nth`) count round among what there is at the time, so that a part of a story still makes sense. */
export type Deed =
  | { do: "debit"; tenant: number; amountMinor: number; copies: number }
  | { do: "batch"; tenant: number; amountsMinor: number[] }
  | { do: "burst"; tenant: number; amountsMinor: number[] }
  | { do: "hold"; tenant: number; amountMinor: number; seconds: number }
  | { do: "capture"; tenant: number; nth: number; share: number }
  | { do: "release"; tenant: number; nth: number }
  | { do: "adjust"; tenant: number; amountMinor: number }
  | { do: "top-up"; tenant: number; amountMinor: number | null }
  | { do: "rule"; tenant: number; terms: RuleTerms }
  | { do: "rule-off"; tenant: number }
  | { do: "card"; tenant: number; literal: string }
  | { do: "bank"; tenant: number; literal: string }
  | { do: "default"; tenant: number; nth: number }
  | { do: "remove"; tenant: number; nth: number }
  | { do: "decline"; tenant: number; nth: number; declineCode: string; times: number }
  | { do: "refund"; tenant: number; nth: number; share: number | null }
  | { do: "refund-at-stripe"; tenant: number; nth: number; share: number }
  | { do: "dispute"; tenant: number; nth: number }
  | { do: "decide-dispute"; tenant: number; nth: number; outcome: "won" | "lost" }
  | { do: "authenticate"; tenant: number; outcome: "success" | "fail" }
  | { do: "subscribe"; tenant: number; trial: boolean }
  | { do: "usage"; tenant: number; quantity: number; copies: number }
  | { do: "cancel-plan"; tenant: number; when: "now" | "period_end" }
  | { do: "stop-tenant"; tenant: number; stopped: boolean }
  | { do: "brake"; stopAll: boolean; dryRun: boolean };

/** What happens around them. */
export type Circumstance =
  | { do: "ring"; job: string }
  | { do: "pass"; minutes: number; looks: number }
  | { do: "fault"; arm: Arm }
  | { do: "outage"; minutes: number };

/** @property steps how much of what is under way happens before the next item of the story */
export type Item = (Deed | Circumstance) & { steps: number };

export type TenantPlan = {
  timeZone: string;
  currency: string;
  creditMinor: number;
  floorMinor: number | null;
  cards: string[];
  terms: RuleTerms | null;
};

/** Everything that is decided before a run begins. The order of things in between is decided by the seed as well. */
export type Story = {
  seed: string;
  startsAt: string;
  tenants: TenantPlan[];
  executor: ExecutorMood;
  post: PostalMood;
  items: Item[];
  /** Plans are sold in this story: the catalogue is at Stripe, and the jobs of subscriptions and invoices ring. */
  plans: boolean;
  /** Nobody overtakes anybody: for the simplest story of a failure. */
  calm: boolean;
};
