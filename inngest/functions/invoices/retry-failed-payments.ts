import { inngest } from "@/inngest/client";
import { nextPaymentRetryAt, retryFailedPayments } from "@/lib/invoices/retries";
import { noteJobRun } from "@/lib/job-runs";

const BATCH = 200;

/** Hourly: payments of invoices that were declined for a while, within the card's budget. */
export const retryFailedPaymentsJob = inngest.createFunction(
  { id: "retry-failed-payments", retries: 2, triggers: [{ cron: "14 * * * *" }] },
  async () => {
    const due = await retryFailedPayments(BATCH);
    await noteJobRun("retry-failed-payments", { due });
    return { due, quietUntil: (await nextPaymentRetryAt())?.toISOString() ?? null };
  },
);
