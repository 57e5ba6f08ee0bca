import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { nextLeaseEnd, resolveUnresolved } from "@/lib/recharge/resolve-all";

/** Every 5 minutes, between the sweeps: what became of charges that nobody heard of. */
export const resolveAttempts = inngest.createFunction(
  { id: "resolve-attempts", retries: 2, triggers: [{ cron: "2-59/5 * * * *" }] },
  async () => {
    const result = await resolveUnresolved();
    await noteJobRun("resolve-attempts", result);
    return { ...result, quietUntil: (await nextLeaseEnd())?.toISOString() ?? null };
  },
);
