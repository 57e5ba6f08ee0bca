import { inngest } from "@/inngest/client";
import { noteJobRun } from "@/lib/job-runs";
import { withLogContext } from "@/lib/log";
import { reconcile } from "@/lib/reconciliation/run";

/** Every night: Stripe and the ledger are compared in both directions, once a day whatever the number of tries. */
export const reconcileJob = inngest.createFunction(
  { id: "reconcile", retries: 4, concurrency: 1, triggers: [{ cron: "20 2 * * *" }] },
  () =>
    withLogContext({ job: "reconcile" }, async () => {
      const run = await reconcile("nightly", "job");
      const result = { found: run?.found ?? null, fresh: run?.foundNew ?? null, repaired: run?.repaired ?? null };
      if (run) await noteJobRun("reconcile", result);
      // Where all is equal it stays so until something happens.
      return { ...result, ...(run?.found === 0 && { quietUntil: null }) };
    }),
);
