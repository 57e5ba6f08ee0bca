import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { type ListObject, type Paging, pageOf } from "../../http/pages";
import { fingerprintOf } from "../../state/ids";
import { rowsOf } from "../../state/rows";
import { resolveCustomer } from "../payment-methods/attach";
import { aggregate, usageWithin } from "./usage";

type Meter = Stripe.Billing.Meter;
type Summary = Stripe.Billing.MeterEventSummary;

const MINUTE = 60;
const WINDOWS = { hour: 3_600, day: 86_400 } as const;

interface SummaryInput extends Paging {
  customer: string;
  start_time: number;
  end_time: number;
  value_grouping_window?: keyof typeof WINDOWS | undefined;
}

/** @throws StripeFailure 400 for times that are not whole minutes, hours or UTC days, or the wrong way round */
function checkTimes(given: SummaryInput): void {
  const grid = given.value_grouping_window ?? "minute";
  const seconds = given.value_grouping_window ? WINDOWS[given.value_grouping_window] : MINUTE;
  for (const param of ["start_time", "end_time"] as const) {
    if (given[param] % seconds !== 0)
      throw invalidRequest(`Invalid ${param}: must be aligned with ${grid} boundaries.`, { param });
  }
  if (given.start_time >= given.end_time)
    throw invalidRequest("Invalid end_time: must be after start_time.", { param: "end_time" });
}

/**
 * A customer's usage of a meter: one summary of the whole time, or one for each hour or UTC day, newest first.
 * @throws StripeFailure 400 for times off the grid, 404 for an unknown customer
 * @see https://docs.stripe.com/api/billing/meter-event-summary/list
 */
export function eventSummaries(account: Account, meter: Meter, given: SummaryInput): ListObject<Summary> {
  resolveCustomer(account, given.customer);
  checkTimes(given);
  const { start_time: from, end_time: to, customer } = given;
  const seconds = given.value_grouping_window ? WINDOWS[given.value_grouping_window] : to - from;
  const events = usageWithin(account, meter.id, customer, from, to);
  const summaries: Summary[] = [];
  for (let start = from; start < to; start += seconds) {
    const within = events.filter(({ timestamp }) => timestamp >= start && timestamp < start + seconds);
    summaries.push({
      id: `mtrusg_test_${fingerprintOf(`${meter.id} ${customer} ${start} ${seconds}`)}`,
      object: "billing.meter_event_summary",
      aggregated_value: aggregate(meter.default_aggregation.formula, within),
      end_time: start + seconds,
      livemode: false,
      meter: meter.id,
      start_time: start,
    });
  }
  return pageOf(rowsOf(summaries), given, `/v1/billing/meters/${meter.id}/event_summaries`);
}
