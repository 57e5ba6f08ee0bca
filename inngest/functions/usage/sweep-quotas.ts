import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { sweepQuotas } from "@/lib/usage/alerts";

const BATCH = 1_000;

/** Hourly: quotas that were reached by a report whose process died before it told. */
export const sweepQuotasJob = inngest.createFunction(
  { id: "sweep-quotas", retries: 2, triggers: [{ cron: "11 * * * *" }] },
  async () => {
    const told = await sweepQuotas(BATCH);
    await noteJobRun("sweep-quotas", { told });
    return { told, ...(told < BATCH && { quietUntil: null }) };
  },
);
