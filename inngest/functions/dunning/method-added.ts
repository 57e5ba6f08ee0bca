import { inngest } from "@/inngest/client";
import { events } from "@/inngest/events";
import { methodAdded } from "@/lib/dunning/method-added";
import type { PaymentMethodId, TenantId } from "@/lib/ids";
import { withLogContext } from "@/lib/log";

/** A method came: what is owed is tried by it at once. */
export const methodAddedJob = inngest.createFunction(
  {
    id: "dunning-method-added",
    retries: 4,
    concurrency: [{ key: "event.data.tenantId", limit: 1 }],
    triggers: [{ event: "dunning/method.added" }],
  },
  async ({ step, event }) => {
    const { tenantId, paymentMethodId } = events["dunning/method.added"].parse(event.data);
    return step.run("retry", () =>
      withLogContext({ tenantId, job: "dunning-method-added" }, async () => {
        await methodAdded(tenantId as TenantId, paymentMethodId as PaymentMethodId);
        return { paymentMethodId };
      }),
    );
  },
);
