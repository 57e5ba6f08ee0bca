import type Stripe from "stripe";
import type { Account } from "../../account";
import type { DraftLine } from "../invoices/draft-input";
import type { Period } from "../periods/periods";
import { bookOf, creditedBy, type Debit } from "./book";
import { prorationText } from "./describe";
import { advanceLines, lineOf, trialLine, usageLines } from "./lines";
import { wholeNet } from "./net";
import { partOf } from "./proration";
import { isMetered, itemsOf, periodFrom, withItems, withPeriod } from "./terms";

type Item = Stripe.SubscriptionItem;

/** What a change of a subscription brings about, worked out before anything of it is done. */
export interface Plan {
  /** The subscription afterwards, with the periods of its items. */
  after: Stripe.Subscription;
  /** What is owed and given back for the time that is left, and what was used so far. */
  lines: DraftLine[];
  /** What items are billed for from now on, where it changes; null for nothing. */
  debits: Record<string, Debit | null>;
  /** A new cycle begins now, which is invoiced at once. */
  restarts: boolean;
}

export interface Moment {
  /** Unix seconds. */
  now: number;
  /** The moment that prorations are counted from, now or `proration_date`. */
  at: number;
  prorate: boolean;
}

/** Gives back the unused part of what was billed in advance; nothing when nothing was. */
export function creditLine(
  account: Account,
  subscription: Stripe.Subscription,
  item: Item,
  unused: Period,
): DraftLine | null {
  const debit = bookOf(account, subscription.id).debits[item.id];
  if (!debit || isMetered(item.price)) return null;
  const amountMinor = -partOf(debit.netMinor, unused, debit);
  if (amountMinor === 0) return null;
  return {
    ...lineOf(subscription, item, { start: Math.max(unused.start, debit.start), end: unused.end }),
    description: prorationText(account, "Unused", item.price, debit.quantity, unused.start),
    amountMinor,
    quantity: debit.quantity,
    discountable: false,
    proration: true,
    prorationDetails: { credited_items: creditedBy(account, debit) },
  };
}

/** Bills an item for the rest of its period. */
function debitLine(
  account: Account,
  subscription: Stripe.Subscription,
  item: Item,
  rest: Period,
  cycle: Period,
  netMinor: number,
): DraftLine {
  return {
    ...lineOf(subscription, item, rest),
    description: prorationText(account, "Remaining", item.price, item.quantity ?? 1, rest.start),
    amountMinor: partOf(netMinor, rest, cycle),
    quantity: item.quantity ?? 1,
    discountable: false,
    proration: true,
  };
}

function isChanged(before: Item, after: Item): boolean {
  return before.price.id !== after.price.id || before.quantity !== after.quantity;
}

function isSameRhythm(a: Item, b: Item): boolean {
  const [one, other] = [a.price.recurring, b.price.recurring];
  return one?.interval === other?.interval && one?.interval_count === other?.interval_count;
}

/** Whether some item changes its interval and none keeps the old one, so that the cycle starts anew. */
export function changesRhythm(before: Stripe.Subscription, after: Stripe.Subscription): boolean {
  const old = new Map(itemsOf(before).map((item) => [item.id, item]));
  const pairs = itemsOf(after).flatMap((item) => {
    const was = old.get(item.id);
    return was ? [{ was, item }] : [];
  });
  if (pairs.length === 0) {
    const first = itemsOf(before)[0];
    return first !== undefined && itemsOf(after).every((item) => !isSameRhythm(first, item));
  }
  return pairs.every(({ was, item }) => !isSameRhythm(was, item));
}

/** Ends every item's period now and starts a new one; usage so far is billed. */
export function planRestart(
  account: Account,
  before: Stripe.Subscription,
  changed: Stripe.Subscription,
  { now, at, prorate }: Moment,
): Plan {
  const credits = itemsOf(before).flatMap((item) => {
    const unused = { start: at, end: item.current_period_end };
    const credit = prorate ? creditLine(account, before, item, unused) : null;
    const used = usageLines(account, before, item, { start: item.current_period_start, end: now });
    return [...(credit ? [credit] : []), ...used];
  });
  const trialing = changed.status === "trialing" && changed.trial_end !== null;
  const started = itemsOf(changed).map((item) => {
    const period = periodFrom(changed, item.price, now);
    return withPeriod(item, trialing ? { start: now, end: changed.trial_end ?? now } : period);
  });
  const after = withItems(changed, started);
  const lines = started.flatMap((item) =>
    trialing
      ? [trialLine(account, after, item, { start: now, end: item.current_period_end })]
      : advanceLines(account, after, item, periodFrom(after, item.price, now), prorate),
  );
  const gone = itemsOf(before).filter((item) => !started.some(({ id }) => id === item.id));
  return {
    after,
    lines: [...credits, ...lines],
    debits: Object.fromEntries(gone.map((item) => [item.id, null])),
    restarts: true,
  };
}

/** Items that come, go or change within a cycle that goes on. */
export function planWithinCycle(
  account: Account,
  before: Stripe.Subscription,
  changed: Stripe.Subscription,
  { now, at, prorate }: Moment,
): Plan {
  const old = new Map(itemsOf(before).map((item) => [item.id, item]));
  const trialing = changed.status === "trialing" && changed.trial_end !== null;
  const after = withItems(
    changed,
    itemsOf(changed).map((item) => {
      const was = old.get(item.id);
      if (was && isSameRhythm(was, item)) return item;
      const start = now;
      return withPeriod(
        item,
        trialing ? { start, end: changed.trial_end ?? now } : periodFrom(changed, item.price, now),
      );
    }),
  );
  const net = prorate && !trialing ? wholeNet(account, after, at) : new Map<string, number>();
  const lines: DraftLine[] = [];
  const debits: Plan["debits"] = {};
  for (const was of itemsOf(before)) {
    const item = itemsOf(after).find(({ id }) => id === was.id);
    if (item && !isChanged(was, item)) continue;
    const credit = prorate && !trialing && creditLine(account, before, was, { start: at, end: was.current_period_end });
    if (credit) lines.push(credit);
    const used = usageLines(account, before, was, { start: was.current_period_start, end: now });
    if (!item) {
      debits[was.id] = null;
      lines.push(...used);
    } else if (prorate && !trialing && was.price.id !== item.price.id)
      lines.push(...used.filter((line) => line.amountMinor !== 0));
  }
  for (const item of itemsOf(after)) {
    const was = old.get(item.id);
    if (!prorate || trialing || isMetered(item.price) || (was && !isChanged(was, item))) continue;
    const { cycle } = periodFrom(after, item.price, Math.min(at, item.current_period_end - 1));
    const rest = { start: at, end: item.current_period_end };
    const line = debitLine(account, after, item, rest, cycle, net.get(item.id) ?? 0);
    lines.push(line);
    const quantity = item.quantity ?? 1;
    debits[item.id] = { netMinor: line.amountMinor, ...rest, quantity, invoiceItem: null, credited: null };
  }
  return { after, lines, debits, restarts: false };
}

/** Nothing is billed, neither now nor later. */
export function hasNothing({ lines }: Plan): boolean {
  return lines.length === 0;
}
