import { inngest } from "@/inngest/client";
import { events } from "@/inngest/events";
import { takeOver } from "@/lib/dunning/take-over";
import type { TenantId } from "@/lib/ids";
import { withLogContext } from "@/lib/log";

/** A timetable begins: Stripe does not collect the invoice any more. */
export const takeOverJob = inngest.createFunction(
  { id: "dunning-take-over", retries: 4, triggers: [{ event: "dunning/started" }] },
  async ({ step, event }) => {
    const { tenantId, caseId } = events["dunning/started"].parse(event.data);
    return step.run("take-over", () =>
      withLogContext({ tenantId, job: "dunning-take-over" }, async () => {
        await takeOver(tenantId as TenantId, caseId);
        return { caseId };
      }),
    );
  },
);
