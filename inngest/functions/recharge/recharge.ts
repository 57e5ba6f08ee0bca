import { inngest } from "@/inngest/client";
import { events } from "@/inngest/events";
import type { TenantId } from "@/lib/ids";
import { withLogContext } from "@/lib/log";
import { evaluateTenant } from "@/lib/recharge/evaluate";
import { nextDueAt } from "@/lib/recharge/sweep";

/** One at a time per tenant; the tenant's lock in the database holds where this does not. */
export const recharge = inngest.createFunction(
  {
    id: "recharge",
    retries: 4,
    concurrency: [{ key: "event.data.tenantId", limit: 1 }],
    triggers: [{ event: "balance/low" }],
  },
  async ({ step, event }) => {
    const { tenantId, trigger } = events["balance/low"].parse(event.data);
    return step.run("evaluate", () =>
      withLogContext({ tenantId, job: "recharge" }, async () => {
        const { outcome, reason, attempt } = await evaluateTenant(tenantId as TenantId, trigger);
        const result = { outcome, reason, attemptId: attempt?.attemptId ?? null };
        if (outcome !== "skip") return result;
        // Nothing has happened; the sweep is the only one that has to look again, and when.
        const next = await nextDueAt();
        return { ...result, quietUntil: next?.toISOString() ?? null, quietFor: "sweep-balances" };
      }),
    );
  },
);
