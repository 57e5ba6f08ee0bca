import type Stripe from "stripe";
import type { Account } from "../../account";
import { schedule } from "../../time/work";
import { bookOf, note } from "./book";
import { firstPeriodEnd, isEnded, itemsOf, lastPeriodStart } from "./terms";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** How long a first payment may take. @see https://docs.stripe.com/billing/subscriptions/overview#subscription-lifecycle */
export const INCOMPLETE_FOR = 23 * HOUR;
/** How long before its end a trial is announced. */
export const TRIAL_NOTICE = 3 * DAY;
/** How long before a renewal `invoice.upcoming` is sent; at Stripe a setting of the account. */
export const RENEWAL_NOTICE = 7 * DAY;

/** The moments at which a subscription changes by itself, unix seconds. */
function moments(account: Account, subscription: Stripe.Subscription): number[] {
  if (isEnded(subscription)) return [];
  const { announcedTrialEnd, announcedPeriodEnd } = bookOf(account, subscription.id);
  const { status, trial_end: trialEnd, cancel_at: cancelAt, pause_collection: pause } = subscription;
  const ends = cancelAt === null ? [] : [cancelAt];
  if (status === "incomplete") return [subscription.created + INCOMPLETE_FOR];
  if (status === "paused") return ends;
  const periodEnd = firstPeriodEnd(subscription);
  const warning = trialEnd !== null && announcedTrialEnd !== trialEnd ? [trialEnd - TRIAL_NOTICE] : [];
  const noticeAt = periodEnd - RENEWAL_NOTICE;
  const told = announcedPeriodEnd === periodEnd || cancelAt === periodEnd || noticeAt <= lastPeriodStart(subscription);
  const notice = told ? [] : [noticeAt];
  return [
    ...ends,
    ...(status === "trialing" ? warning : []),
    ...notice,
    ...(pause?.resumes_at ? [pause.resumes_at] : []),
    periodEnd,
  ];
}

/**
 * Stores a subscription and sees to it that it is looked at again when it next changes by itself. Every change goes through
 * here; a look that comes too late finds nothing to do.
 */
export function save(account: Account, subscription: Stripe.Subscription): Stripe.Subscription {
  const row = account.tables.subscriptions.put(subscription);
  for (const { id } of itemsOf(row)) {
    if (!account.tables.itemOwners.get(id)) account.tables.itemOwners.put({ id, subscription: row.id });
  }
  const times = moments(account, row);
  const wakeAtMs = times.length === 0 ? null : Math.max(account.nowMs(), Math.min(...times) * 1000);
  const before = bookOf(account, row.id);
  if (wakeAtMs === before.wakeAtMs) return row;
  if (before.wake) account.tables.work.delete(before.wake);
  const wake = wakeAtMs === null ? null : schedule(account, "subscription_wakes", row.id, wakeAtMs).id;
  note(account, row.id, { wakeAtMs, wake });
  return row;
}
