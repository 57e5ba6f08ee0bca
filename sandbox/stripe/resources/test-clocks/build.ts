import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { newId } from "../../state/ids";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { resolveCustomer } from "../payment-methods/attach";

const KEPT_SECONDS = 30 * 86_400;
const MOST_SECONDS_AHEAD = 5 * 366 * 86_400;

interface CreateInput {
  frozen_time: number;
  name?: string | undefined;
  customer?: string | undefined;
}

/** A customer that exists already joins a clock, once and for all, with everything that is still to happen. */
function takeCustomer(account: Account, id: string, clock: Stripe.TestHelpers.TestClock): void {
  const { tables } = account;
  const customer = resolveCustomer(account, id);
  if (customer.test_clock)
    throw invalidRequest(`Customer ${id} is already attached to a test clock.`, { param: "customer" });
  const updated = tables.customers.put({ ...customer, test_clock: clock.id });
  for (const row of tables.subscriptions.whose("customer", id).oldestFirst())
    tables.subscriptions.put({ ...row, test_clock: clock.id });
  for (const row of tables.invoices.whose("customer", id).oldestFirst())
    tables.invoices.put({ ...row, test_clock: clock.id });
  const mine = [...tables.work.oldestFirst()].filter((work) => isAbout(account, work.subject, id));
  account.at({ clock: clock.id, ms: clock.frozen_time * 1000 }, () => {
    for (const work of mine) {
      tables.work.delete(work.id);
      schedule(account, work.kind, work.subject, work.dueAtMs);
    }
  });
  emit(account, "customer.updated", updated, customer);
}

function isAbout(account: Account, subject: string, customer: string): boolean {
  const found = account.find(subject);
  return found !== null && "customer" in found && found.customer === customer;
}

/** `POST /v1/test_helpers/test_clocks`. @throws StripeFailure 400 */
export function createClock(account: Account, given: CreateInput): Stripe.TestHelpers.TestClock {
  const created = account.nowUnix();
  if (given.frozen_time < 0 || given.frozen_time > created + MOST_SECONDS_AHEAD)
    throw invalidRequest("The frozen_time of a test clock must be at most five years in the future.", {
      param: "frozen_time",
    });
  const clock = account.tables.testClocks.put({
    id: newId("clock"),
    object: "test_helpers.test_clock",
    created,
    deletes_after: created + KEPT_SECONDS,
    frozen_time: given.frozen_time,
    livemode: false,
    name: given.name ?? null,
    status: "ready",
    status_details: {},
  } satisfies Stripe.TestHelpers.TestClock);
  schedule(account, "test_clock_expires", clock.id, clock.deletes_after * 1000);
  emit(account, "test_helpers.test_clock.created", clock);
  if (given.customer) takeCustomer(account, given.customer, clock);
  return clock;
}
