import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { carryOutPending, nextCarryOutAt } from "@/lib/subscriptions/carry-out";

const BATCH = 1_000;

/** Hourly: downgrades that begin within a day are told to Stripe. */
export const carryOutJob = inngest.createFunction(
  { id: "carry-out-downgrades", retries: 2, triggers: [{ cron: "6 * * * *" }] },
  async () => {
    const result = await carryOutPending(BATCH);
    await noteJobRun("carry-out-downgrades", result);
    return { ...result, quietUntil: (await nextCarryOutAt())?.toISOString() ?? null };
  },
);
