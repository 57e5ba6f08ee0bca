import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, StripeFailure } from "../../http/errors";
import { emit } from "../../webhooks/events";
import { addIntervals, addMonths } from "../periods/calendar";

const ENDED = ["canceled", "incomplete_expired"];

/** The farthest a clock may go in one step: two intervals of its shortest subscription, or two years without any. */
function farthest(account: Account, clock: Stripe.TestHelpers.TestClock): number {
  const from = clock.frozen_time;
  let least = addMonths(from, 24);
  for (const subscription of account.tables.subscriptions.whose("test_clock", clock.id).oldestFirst()) {
    if (ENDED.includes(subscription.status)) continue;
    for (const { price } of subscription.items.data) {
      const { interval, interval_count: count } = price.recurring ?? { interval: "year" as const, interval_count: 1 };
      least = Math.min(least, addIntervals(from, interval as "month", 2 * count));
    }
  }
  return least;
}

/**
 * `POST /v1/test_helpers/test_clocks/:id/advance`: sets the clock going; it arrives by itself.
 * @throws StripeFailure 400, 429 while it is on its way
 */
export function advanceClock(
  account: Account,
  clock: Stripe.TestHelpers.TestClock,
  target: number,
): Stripe.TestHelpers.TestClock {
  if (clock.status === "advancing") {
    const message = `Test clock advancement underway - cannot perform modifications: ${clock.id}`;
    throw new StripeFailure(429, { type: "invalid_request_error", message });
  }
  if (target <= clock.frozen_time)
    throw invalidRequest("The frozen_time must be after the current frozen_time of the test clock.", {
      param: "frozen_time",
    });
  const most = farthest(account, clock);
  if (target > most)
    throw invalidRequest(
      `You cannot advance the test clock more than two intervals of its shortest subscription, or two years without one: at most to ${most}.`,
      { param: "frozen_time" },
    );
  const going = account.tables.testClocks.put({
    ...clock,
    status: "advancing",
    status_details: { advancing: { target_frozen_time: target } },
  });
  emit(account, "test_helpers.test_clock.advancing", going);
  return going;
}

/** The clock has arrived: nothing is due up to its target any more. */
export function arrive(account: Account, clock: Stripe.TestHelpers.TestClock): void {
  const ready = account.tables.testClocks.put({
    ...clock,
    frozen_time: clock.status_details.advancing?.target_frozen_time ?? clock.frozen_time,
    status: "ready",
    status_details: {},
  });
  emit(account, "test_helpers.test_clock.ready", ready);
}
