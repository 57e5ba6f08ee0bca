import type postgres from "postgres";
import { now } from "@/lib/clock";
import { advanceClock } from "../clock/advance";
import { httpParticipant } from "../clock/participant";

/**
 * Resolvers ask about an unknown outcome every few minutes. A charge that never arrived is given up after an hour, a refund to which
 * Stripe keeps answering 500 only when its key is no longer to be trusted, after 23 hours.
 */
const SETTLING_HOURS = 24.5;

/** What is not done yet, of what must be done some time; the simulator's check names the details. */
async function open(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ open: number }[]>`
    select ((select count(*) from recharge_attempts where state in ('reserved', 'charging', 'unknown'))
      + (select count(*) from stripe_events where handled_at is null)
      + (select count(*) from refunds where state in ('started', 'unknown')))::int as open`;
  return row?.open ?? 0;
}

/**
 * Lets the dust settle, on the clock that all share, moved step by step through everything that falls due.
 * @returns what did not come to rest, or null
 */
export async function settle(
  sql: postgres.Sql,
  stripeUrl: string,
  executors: readonly { url: string }[],
  say: (line: string) => void,
): Promise<string | null> {
  const parts = [
    httpParticipant("the Stripe stand-in", stripeUrl),
    ...executors.map(({ url }, index) => httpParticipant(`executor ${index + 1}`, url)),
  ];
  say(`  ${await open(sql)} payments, refunds and events are open when the load stops`);
  const to = new Date(now().getTime() + SETTLING_HOURS * 3_600_000);
  const { warning } = await advanceClock(to, parts);
  say(`  ${await open(sql)} are open ${SETTLING_HOURS} hours later`);
  return warning ?? null;
}
