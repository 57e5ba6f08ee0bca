import { inngest } from "@/inngest/client";
import { findInvoiceDrift } from "@/lib/invoices/drift";
import { noteJobRun } from "@/lib/job-runs";
import { DRIFT_CLASSES, findSubscriptionDrift } from "@/lib/subscriptions/drift";

/** So many differences are named in the note of the run; the log has all. */
const NAMED = 20;

/** Nightly: subscriptions and invoices here against those at Stripe. */
export const findDriftJob = inngest.createFunction(
  { id: "find-drift", retries: 2, triggers: [{ cron: "20 3 * * *" }] },
  async () => {
    const ofSubscriptions = await findSubscriptionDrift();
    const ofInvoices = await findInvoiceDrift(ofSubscriptions.latestInvoices);
    const drifts = [...ofSubscriptions.drifts, ...ofInvoices.drifts];
    const count = (kind: string) => drifts.filter((drift) => drift.kind === kind).length;
    const result = {
      subscriptions: ofSubscriptions.compared,
      invoices: ofInvoices.compared,
      ...Object.fromEntries(DRIFT_CLASSES.map((kind) => [kind, count(kind)])),
      notRepaired: drifts.filter(({ repaired }) => !repaired).length,
    };
    await noteJobRun("find-drift", { ...result, drifts: drifts.slice(0, NAMED) });
    // Where all is equal it stays so until something happens.
    return { ...result, ...(drifts.length === 0 && { quietUntil: null }) };
  },
);
