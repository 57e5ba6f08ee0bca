import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { keepDay } from "@/lib/reports/day";

/** Just after midnight UTC: the figures of the day that is over, which cannot be told later. */
export const keepDayJob = inngest.createFunction(
  { id: "keep-report-day", retries: 4, triggers: [{ cron: "3 0 * * *" }] },
  async () => {
    const currencies = await keepDay();
    await noteJobRun("keep-report-day", { currencies });
    // Where nothing happens the next days are like this one.
    return { currencies, quietUntil: null };
  },
);
