import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { backfillEvents } from "@/lib/webhooks/backfill";
import { listUnhandled } from "@/lib/webhooks/inbox";

const BATCH = 1_000;

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
      // New events come with webhooks, or with something that Stripe does; the next look after that is due as ever.
      return { backfilled, left: left.length, ...(left.length === 0 && { quietUntil: null }) };
    });
  },
);
