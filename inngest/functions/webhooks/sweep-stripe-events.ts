import { inngest } from "@/inngest/client";
import { now } from "@/lib/clock";
import { noteJobRun } from "@/lib/job-runs";
import { backfillEvents } from "@/lib/webhooks/backfill";
import { listUnhandled } from "@/lib/webhooks/inbox";

const BATCH = 1_000;
const QUIET_MS = 3 * 3_600_000;

/** Every 5 minutes: asks Stripe for events that no webhook brought, and takes up what was left behind. */
export const sweepStripeEvents = inngest.createFunction(
  { id: "sweep-stripe-events", retries: 2, triggers: [{ cron: "1-59/5 * * * *" }] },
  async ({ step, event }) => {
    const backfilled = await step.run("backfill", async () => (await backfillEvents()).length);
    const left = await step.run("left-behind", () => listUnhandled(BATCH));
    if (left.length > 0)
      await step.sendEvent(
        "send",
        left.map((eventId) => ({
          id: `sweep-${event.ts}-${eventId}`,
          name: "stripe/event.received",
          data: { eventId },
        })),
      );
    return step.run("finish", async () => {
      await noteJobRun("sweep-stripe-events", { backfilled, left: left.length });
      return {
        backfilled,
        left: left.length,
        quietUntil: left.length === 0 ? new Date(now().getTime() + QUIET_MS).toISOString() : now().toISOString(),
      };
    });
  },
);
