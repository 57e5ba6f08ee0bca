import { inngest } from "@/inngest/client";
import { nextOverdueAt, tellOverdue } from "@/lib/invoices/overdue";
import { noteJobRun } from "@/lib/job-runs";

const BATCH = 1_000;

/** Every 6 hours: invoices that are open after their due date, once each. */
export const tellOverdueJob = inngest.createFunction(
  { id: "tell-overdue", retries: 2, triggers: [{ cron: "9 */6 * * *" }] },
  async () => {
    const due = await tellOverdue(BATCH);
    await noteJobRun("tell-overdue", { due });
    return { due, quietUntil: (await nextOverdueAt())?.toISOString() ?? null };
  },
);
