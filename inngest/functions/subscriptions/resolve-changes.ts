import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { nextChangeCheckAt, resolveChanges } from "@/lib/subscriptions/resolve-changes";

const BATCH = 200;

/** Every 5 minutes: what became of changes of subscriptions that nobody heard of. */
export const resolveChangesJob = inngest.createFunction(
  { id: "resolve-subscription-changes", retries: 2, triggers: [{ cron: "3-59/5 * * * *" }] },
  async () => {
    const result = await resolveChanges(BATCH);
    await noteJobRun("resolve-subscription-changes", result);
    return { ...result, quietUntil: (await nextChangeCheckAt())?.toISOString() ?? null };
  },
);
