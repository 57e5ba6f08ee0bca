import { inngest } from "@/inngest/client";
import { now } from "@/lib/clock";
import { noteJobRun } from "@/lib/job-runs";
import { deliverUnsent } from "@/lib/notifications/deliver";

const BATCH = 200;
const QUIET_MS = 60 * 60_000;

/** Every 5 minutes: mails whose event was lost or whose sending failed. */
export const sweepNotifications = inngest.createFunction(
  { id: "sweep-notifications", retries: 2, triggers: [{ cron: "3-59/5 * * * *" }] },
  async ({ step }) =>
    step.run("send", async () => {
      const result = await deliverUnsent(BATCH);
      await noteJobRun("sweep-notifications", result);
      return { ...result, quietUntil: new Date(now().getTime() + (result.failed > 0 ? 0 : QUIET_MS)).toISOString() };
    }),
);
