import type { AttemptState } from "@/db/schema/recharge";
import { toDecimalString } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import type { Decision, Reason } from "./types";

type Told = Pick<Decision, "reason" | "inputs" | "nextPossibleAt" | "attemptState">;
type Facts = {
  total: string;
  fee: string;
  min: string;
  balance: string;
  limit: string;
  count: number;
  failures: number;
};

/** One sentence per reason; exhaustive, so that a new reason does not compile without its sentence. */
const SENTENCES: Record<Reason, (facts: Facts) => string> = {
  charged: ({ total, fee }) => `charged ${total}, of which ${fee} is the fee`,
  manual_charge: ({ total, fee }) => `charged ${total} by hand, of which ${fee} is the fee`,
  dry_run: ({ total }) => `not charged: dry run; it would have been ${total}`,
  balance_not_low: ({ balance, min }) => `not charged: the balance of ${balance} is not below the minimum of ${min}`,
  rule_off: () => "not charged: auto-recharge is off",
  stopped_all: () => "not charged: the operator has stopped all charging",
  stopped_tenant: () => "not charged: the operator has stopped charging for this tenant",
  charge_in_progress: () => "not charged: another charge is under way",
  charge_processing: () => "not charged: a payment is on its way and has not arrived",
  outcome_unknown: () => "not charged: the outcome of the last charge is being looked up",
  needs_authentication: () => "not charged: the bank wants the customer to confirm the last charge",
  paused_declines: ({ failures }) => `not charged: paused after ${failures} declines in a row`,
  paused_hard_decline: () => "not charged: paused, because the bank said not to try this payment method again",
  paused_returned: () => "not charged: paused, because a payment that had arrived was returned by the bank",
  backing_off: () => "not charged: waiting after a decline",
  no_payment_method: () => "not charged: there is no payment method that can be charged",
  card_budget: () => "not charged: this card was tried too often in 30 days",
  min_interval: () => "not charged: the shortest time between two charges has not passed",
  min_charge: ({ limit }) => `not charged: the charge would be below the smallest of ${limit}`,
  max_charge: ({ limit }) => `not charged: the charge would be above the largest of ${limit}`,
  max_per_day: ({ limit }) => `not charged: limit of ${limit} in 24 hours reached`,
  max_charges_per_day: ({ count }) => `not charged: limit of ${count} charges in 24 hours reached`,
  max_per_month: ({ limit }) => `not charged: monthly limit of ${limit} reached`,
};

/** Deciding to charge is not having charged: what became of it is said in its place. */
const OUTCOMES: Partial<Record<AttemptState, (facts: Facts) => string>> = {
  reserved: ({ total }) => `charging ${total}: under way`,
  charging: ({ total }) => `charging ${total}: under way`,
  processing: ({ total }) => `charging ${total}: on its way, not arrived yet`,
  requires_action: ({ total }) => `tried to charge ${total}: the bank wants the customer to confirm it`,
  unknown: ({ total }) => `tried to charge ${total}: the outcome is being looked up`,
  failed: ({ total }) => `tried to charge ${total}: it was declined or given up`,
};

/** The decision in one English sentence, amounts with their currency, for logs and support. The web app has its own words in each language. */
export function decisionMessage({ reason, inputs, nextPossibleAt, attemptState }: Told, currency: Currency): string {
  const show = (amount: number | null) =>
    amount === null ? "-" : `${toDecimalString(toMinor(amount), currency)} ${currency}`;
  const say = (attemptState && OUTCOMES[attemptState]) ?? SENTENCES[reason];
  const sentence = say({
    total: show(inputs.totalMinor),
    fee: show(inputs.feeMinor),
    min: show(inputs.minMinor),
    balance: show(inputs.balanceMinor),
    limit: show(inputs.limitMinor),
    count: inputs.limitCount ?? 0,
    failures: inputs.consecutiveFailures,
  });
  return nextPossibleAt ? `${sentence}; next possible ${nextPossibleAt.toISOString()}` : sentence;
}
