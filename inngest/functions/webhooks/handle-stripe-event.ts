import { inngest } from "@/inngest/client";
import { events } from "@/inngest/events";
import type { StripeEventId } from "@/lib/ids";
import { withLogContext } from "@/lib/log";
import { handleStripeEvent } from "@/lib/webhooks/handle";

export const handleEvent = inngest.createFunction(
  { id: "handle-stripe-event", retries: 3, concurrency: 20, triggers: [{ event: "stripe/event.received" }] },
  async ({ step, event }) => {
    const { eventId } = events["stripe/event.received"].parse(event.data);
    return step.run("handle", () =>
      withLogContext({ job: "handle-stripe-event" }, () => handleStripeEvent(eventId as StripeEventId)),
    );
  },
);
