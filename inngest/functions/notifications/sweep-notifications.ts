import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { deliverUnsent, nextDeliveryAt } from "@/lib/notifications/deliver";

const BATCH = 200;

/** Every 5 minutes: mails whose event was lost or whose sending failed. */
export const sweepNotifications = inngest.createFunction(
  { id: "sweep-notifications", retries: 2, triggers: [{ cron: "3-59/5 * * * *" }] },
  async () => {
    const result = await deliverUnsent(BATCH);
    await noteJobRun("sweep-notifications", result);
    return { ...result, quietUntil: (await nextDeliveryAt())?.toISOString() ?? null };
  },
);
