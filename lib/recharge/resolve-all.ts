import { inArray, sql } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { rechargeAttempts } from "@/db/schema";
import { send } from "@/inngest/client";
import { OPEN_STATES } from "./attempt";
import { listUnresolved, resolveAttempt } from "./resolve";

const BATCH = 200;

/** Resolves open attempts whose lease has ended; the balances of those that came to nothing are looked at again. */
export async function resolveUnresolved(): Promise<{ settled: number; open: number }> {
  const due = await listUnresolved(BATCH);
  const settled = [];
  for (const { tenantId, attemptId } of due)
    if ((await resolveAttempt(tenantId, attemptId)) === "settled") settled.push(tenantId);
  await send(settled.map((tenantId) => ({ name: "balance/low", data: { tenantId, trigger: "retry" } })));
  return { settled: settled.length, open: due.length - settled.length };
}

/** When the next open attempt's lease ends, if there is one. */
export async function nextLeaseEnd(): Promise<Date | null> {
  const [row] = await systemDb()
    .select({ at: sql<string | null>`min(${rechargeAttempts.leaseUntil})::text` })
    .from(rechargeAttempts)
    .where(inArray(rechargeAttempts.state, [...OPEN_STATES]));
  return row?.at ? new Date(row.at) : null;
}
