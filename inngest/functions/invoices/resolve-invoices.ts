import { inngest } from "@/inngest/client";
import { nextResolveAt, resolveInvoices } from "@/lib/invoices/resolve-all";
import { noteJobRun } from "@/lib/job-runs";

/** Every 5 minutes: what became of payments, refunds, credit notes and half made invoices that nobody heard of. */
export const resolveInvoicesJob = inngest.createFunction(
  { id: "resolve-invoices", retries: 2, triggers: [{ cron: "4-59/5 * * * *" }] },
  async () => {
    const result = await resolveInvoices();
    await noteJobRun("resolve-invoices", result);
    return { ...result, quietUntil: (await nextResolveAt())?.toISOString() ?? null };
  },
);
