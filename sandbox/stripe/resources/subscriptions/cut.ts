import type { Account } from "../../account";
import { bookOf } from "./book";
import { prorationText } from "./describe";
import { lineOf } from "./lines";
import { wholeNet } from "./net";
import { creditLine, type Moment, type Plan } from "./plan";
import { partOf } from "./proration";
import { isMetered, itemsOf, periodFrom, withItems, withPeriod } from "./terms";

/**
 * Moves the ends of the present periods to a cancellation before them, or back to their cycles' when it was taken back.
 * What was billed for the time after it is given back, what is to come again is billed.
 */
export function planCut(account: Account, plan: Plan, { at, prorate }: Moment): Plan {
  const { after } = plan;
  if (after.status === "trialing") return plan;
  const lines = [...plan.lines];
  const debits = { ...plan.debits };
  const net = prorate ? wholeNet(account, after, at) : new Map<string, number>();
  const items = itemsOf(after).map((item) => {
    const { cycle, end } = periodFrom(after, item.price, item.current_period_start);
    const before = item.current_period_end;
    if (end === before) return item;
    if (prorate && !isMetered(item.price)) {
      const unused = end < before ? creditLine(account, after, item, { start: end, end: before }) : null;
      if (unused) lines.push(unused);
      const debit = debits[item.id] ?? bookOf(account, after.id).debits[item.id];
      const rest = { start: before, end };
      const amountMinor = end > before ? partOf(net.get(item.id) ?? 0, rest, cycle) : 0;
      if (end > before)
        lines.push({
          ...lineOf(after, item, rest),
          description: prorationText(account, "Remaining", item.price, item.quantity ?? 1, rest.start),
          amountMinor,
          discountable: false,
          proration: true,
        });
      if (debit)
        debits[item.id] = { ...debit, end, netMinor: debit.netMinor + (unused?.amountMinor ?? 0) + amountMinor };
    }
    return withPeriod(item, { start: item.current_period_start, end });
  });
  return { ...plan, after: withItems(after, items), lines, debits };
}
