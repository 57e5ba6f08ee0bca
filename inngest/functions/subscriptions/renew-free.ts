import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { nextFreeRenewalAt, renewFree } from "@/lib/subscriptions/renew-free";

const BATCH = 2_000;

/** Hourly: the months of plans that are ours alone. */
export const renewFreeJob = inngest.createFunction(
  { id: "renew-free", retries: 2, triggers: [{ cron: "1 * * * *" }] },
  async () => {
    const result = await renewFree(BATCH);
    await noteJobRun("renew-free", result);
    return { ...result, quietUntil: (await nextFreeRenewalAt())?.toISOString() ?? null };
  },
);
