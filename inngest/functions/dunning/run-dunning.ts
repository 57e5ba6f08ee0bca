import { inngest } from "@/inngest/client";
import { runDunning } from "@/lib/dunning/run";
import { nextStepAt } from "@/lib/dunning/step-rows";
import { noteJobRun } from "@/lib/job-runs";

/** Every 15 minutes: the steps of the timetables that are due. */
export const runDunningJob = inngest.createFunction(
  { id: "run-dunning", retries: 2, triggers: [{ cron: "*/15 * * * *" }] },
  async () => {
    const result = await runDunning();
    await noteJobRun("run-dunning", result);
    return { ...result, quietUntil: (await nextStepAt())?.toISOString() ?? null };
  },
);
