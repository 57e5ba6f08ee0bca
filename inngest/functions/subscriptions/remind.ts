import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { nextReminderAt, remindAll } from "@/lib/subscriptions/reminders";

const PAGE = 500;

/** Daily: trials about to end and subscriptions about to renew. Those that could not be told are tried again soon. */
export const remindJob = inngest.createFunction(
  { id: "remind-subscriptions", retries: 3, triggers: [{ cron: "0 9 * * *" }] },
  async () => {
    const result = await remindAll(PAGE);
    await noteJobRun("remind-subscriptions", result);
    if (result.failed > 0) throw new Error(`${result.failed} reminders could not be sent yet`);
    return { ...result, quietUntil: (await nextReminderAt())?.toISOString() ?? null };
  },
);
