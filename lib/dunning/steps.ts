import { systemDb } from "@/db/client";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import { lockInvoice } from "@/lib/invoices/rows";
import { log } from "@/lib/log";
import { attempt } from "./attempt";
import { invoiceParams, runningCase, tell } from "./cases";
import { endGrace } from "./end";
import { claimStep, type DueStep, finishStep, listDueSteps } from "./step-rows";

/** Once more before the end. */
async function warn({ dunning, step }: DueStep): Promise<void> {
  const after: AppEvent[] = [];
  await systemDb().transaction(async (tx) => {
    const invoice = await lockInvoice(tx, dunning.tenantId, dunning.invoiceId);
    // It may have been settled since the step was taken up.
    if (!(await runningCase(tx, invoice))) return;
    await finishStep(tx, step, "sent", null);
    await tell(tx, after, dunning.tenantId, `dunning:${dunning.caseId}:warning`, {
      kind: "dunning_grace_ending",
      params: { ...invoiceParams(invoice), nextTryAt: null, graceEndsAt: dunning.graceEndsAt.toISOString() },
    });
  });
  await send(after);
}

const DO = { attempt, grace_warning: warn, end: endGrace } as const;

/**
 * Does what the timetables say is due, oldest first. Each step is claimed first and done once: a step whose doer died is taken up
 * when its lease ends, and finds the payment that it had begun.
 * @returns how many were done or put off
 */
export async function runDueSteps(limit: number): Promise<number> {
  let count = 0;
  for (const due of await listDueSteps(limit)) {
    if (!(await claimStep(due.step))) continue;
    count++;
    const { tenantId, caseId, kind } = due.step;
    await DO[kind](due).catch((error) =>
      log().error({ err: error, tenantId, caseId, kind }, "a step of dunning could not be done; it is taken up again"),
    );
  }
  return count;
}
