import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { nextExpiringAt, tellExpiring } from "@/lib/payment-methods/expiring";

/** Daily: cards that expire in 30 and in 7 days. */
export const tellExpiringJob = inngest.createFunction(
  { id: "tell-expiring-methods", retries: 2, triggers: [{ cron: "30 9 * * *" }] },
  async () => {
    const told = await tellExpiring();
    await noteJobRun("tell-expiring-methods", { told });
    return { told, quietUntil: (await nextExpiringAt())?.toISOString() ?? null };
  },
);
