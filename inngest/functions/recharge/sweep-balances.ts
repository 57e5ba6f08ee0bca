import { inngest } from "@/inngest/client";
import { now } from "@/lib/clock";
import { purgeIdempotencyKeys } from "@/lib/http/idempotency";
import { noteJobRun } from "@/lib/job-runs";
import { expireHolds } from "@/lib/ledger/holds";
import { beginsAt, takeDue } from "@/lib/recharge/hand-out";
import { nextDueAt } from "@/lib/recharge/sweep";

/** Events in one request. */
const CHUNK = 500;

/**
 * Every 5 minutes: whatever event was lost, a low balance is found here. Hands out as much as Stripe takes until the next sweep, the
 * most urgent first, each to begin when its turn is; what is left is still due then.
 */
export const sweepBalances = inngest.createFunction(
  { id: "sweep-balances", retries: 2, triggers: [{ cron: "*/5 * * * *" }] },
  async ({ step, event }) => {
    const until = new Date((event.data as { scheduledAt?: string }).scheduledAt ?? event.ts ?? now().getTime());
    const taken = await step.run("due", () => takeDue(until));
    for (let from = 0; from < taken.due.length; from += CHUNK) {
      await step.sendEvent(
        `send-${from / CHUNK}`,
        taken.due.slice(from, from + CHUNK).map((tenantId, index) => {
          const ts = beginsAt(taken, from + index);
          return {
            id: `sweep-${until.getTime()}-${tenantId}`,
            name: "balance/low",
            data: { tenantId, trigger: "sweep" },
            ...(ts !== null && { ts }),
          };
        }),
      );
    }
    return step.run("finish", async () => {
      const holdsExpired = await expireHolds();
      await purgeIdempotencyKeys();
      await noteJobRun("sweep-balances", { found: taken.due.length, holdsExpired });
      // What was found is being looked at: `recharge` says itself when it wants to be looked at again.
      const next = taken.isAll ? await nextDueAt(until) : until;
      return { found: taken.due.length, holdsExpired, quietUntil: next?.toISOString() ?? null };
    });
  },
);
