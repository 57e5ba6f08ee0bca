import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { listRetriesDue, nextRetryAt } from "@/lib/recharge/retries";

const BATCH = 500;

/** Hourly: declined recharges whose back-off is over. The decision itself checks balance, budget and limits again. */
export const retryFailed = inngest.createFunction(
  { id: "retry-failed", retries: 2, triggers: [{ cron: "4 * * * *" }] },
  async ({ step, event }) => {
    const due = await step.run("due", () => listRetriesDue(BATCH));
    if (due.length > 0)
      await step.sendEvent(
        "send",
        due.map((tenantId) => ({
          id: `retry-${event.ts}-${tenantId}`,
          name: "balance/low",
          data: { tenantId, trigger: "retry" },
        })),
      );
    return step.run("finish", async () => {
      await noteJobRun("retry-failed", { due: due.length });
      return { due: due.length, quietUntil: (await nextRetryAt())?.toISOString() ?? null };
    });
  },
);
