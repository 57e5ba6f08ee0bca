import { inngest } from "@/inngest/client";
import { now } from "@/lib/clock";
import { purgeIdempotencyKeys } from "@/lib/http/idempotency";
import { noteJobRun } from "@/lib/job-runs";
import { expireHolds } from "@/lib/ledger/holds";
import { type DuePage, listDue, nextDueAt } from "@/lib/recharge/sweep";

const PAGE = 500;
/** Two steps a page stay far below the thousand a run may have; what is left then is the next sweep's. */
const MOST_PAGES = 200;

/** Every 5 minutes: whatever event was lost, a low balance is found here. */
export const sweepBalances = inngest.createFunction(
  { id: "sweep-balances", retries: 2, triggers: [{ cron: "*/5 * * * *" }] },
  async ({ step, event }) => {
    const until = new Date((event.data as { scheduledAt?: string }).scheduledAt ?? event.ts ?? now().getTime());
    let cursor: DuePage["cursor"] = null;
    let found = 0;
    for (let page = 0; page < MOST_PAGES; page++) {
      const due: DuePage = await step.run(`page-${page}`, () => listDue(until, cursor, PAGE));
      if (due.tenantIds.length > 0) {
        found += due.tenantIds.length;
        await step.sendEvent(
          `send-${page}`,
          due.tenantIds.map((tenantId) => ({
            id: `sweep-${until.getTime()}-${tenantId}`,
            name: "balance/low",
            data: { tenantId, trigger: "sweep" },
          })),
        );
      }
      cursor = due.cursor;
      if (!cursor) break;
    }
    return step.run("finish", async () => {
      const holdsExpired = await expireHolds();
      await purgeIdempotencyKeys();
      await noteJobRun("sweep-balances", { found, holdsExpired });
      // What was found is being looked at: `recharge` says itself when it wants to be looked at again.
      const next = cursor ? until : await nextDueAt(until);
      return { found, holdsExpired, quietUntil: next?.toISOString() ?? null };
    });
  },
);
