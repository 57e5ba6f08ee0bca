import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { sendMeterReports } from "@/lib/usage/meter-reports";

const BATCH = 1_000;

/** Hourly, where Stripe's meters are configured: what was used since they were told last. */
export const sendMeterReportsJob = inngest.createFunction(
  { id: "send-meter-reports", retries: 2, triggers: [{ cron: "26 * * * *" }] },
  async () => {
    const result = await sendMeterReports(BATCH);
    await noteJobRun("send-meter-reports", result);
    return { ...result, ...(result.sent + result.resolved === 0 && { quietUntil: null }) };
  },
);
