import { inngest } from "@/inngest/client";
import { events } from "@/inngest/events";
import type { TenantId } from "@/lib/ids";
import { withLogContext } from "@/lib/log";
import { deliver } from "@/lib/notifications/deliver";

export const sendNotification = inngest.createFunction(
  { id: "send-notification", retries: 4, concurrency: 10, triggers: [{ event: "notification/created" }] },
  async ({ step, event }) => {
    const { tenantId, notificationId } = events["notification/created"].parse(event.data);
    return step.run("send", () =>
      withLogContext({ tenantId, job: "send-notification" }, async () => ({
        result: await deliver(tenantId as TenantId, notificationId),
      })),
    );
  },
);
