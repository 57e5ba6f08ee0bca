import type Stripe from "stripe";
import type { Account } from "../../account";
import { resourceMissing } from "../../http/errors";
import { pageOf, pagination } from "../../http/pages";
import { integer, text } from "../../http/parameters";
import { type Call, route } from "../../http/route";
import { advanceClock } from "./advance";
import { createClock } from "./build";
import { deleteClock } from "./remove";

const ADDRESS = "/v1/test_helpers/test_clocks";

function existing(account: Account, call: Call): Stripe.TestHelpers.TestClock {
  const clock = account.tables.testClocks.get(call.path.id ?? "");
  if (!clock) throw resourceMissing("billing clock", call.path.id ?? "", "test_clock");
  return clock;
}

export const testClockRoutes = [
  route(`POST ${ADDRESS}`, {
    parameters: { frozen_time: integer, name: text.optional(), customer: text.optional() },
    handle: createClock,
  }),
  route(`GET ${ADDRESS}/:id`, { handle: (account, _, call) => existing(account, call) }),
  route(`GET ${ADDRESS}`, {
    parameters: pagination,
    handle: (account, given) => pageOf(account.tables.testClocks, given, ADDRESS, () => true),
  }),
  route(`POST ${ADDRESS}/:id/advance`, {
    parameters: { frozen_time: integer },
    handle: (account, given, call) => advanceClock(account, existing(account, call), given.frozen_time),
  }),
  route(`DELETE ${ADDRESS}/:id`, { handle: (account, _, call) => deleteClock(account, existing(account, call)) }),
];
