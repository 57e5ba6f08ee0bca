import type { TenantScope } from "@/lib/auth/scope";
import { debit } from "@/lib/balance/commands";
import { getHistory, getOverview, listEntries } from "@/lib/balance/queries";
import { newId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { getRunway } from "@/lib/recharge/runway";
import { listDue } from "@/lib/recharge/sweep";
import { median } from "../line";
import { DUE } from "./fill";

const ASKED = 500;
const WARM = 100;
const PAGE = 50;

/** The median time of one caller, in milliseconds. @param work is given one tenant after the other */
async function medianMs(
  scopes: readonly TenantScope[],
  work: (scope: TenantScope) => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < WARM + ASKED; n++) {
    const scope = scopes[(n * 7_919) % scopes.length];
    if (!scope) throw new Error("there are no tenants");
    const startedAt = performance.now();
    await work(scope);
    times.push(performance.now() - startedAt);
  }
  return median(times.slice(WARM));
}

type Asked = (scopes: readonly TenantScope[]) => Promise<number>;

export const debitMs: Asked = (scopes) =>
  medianMs(scopes, (scope) => debit(scope, { sourceId: newId(), amountMinor: toMinor(100) }));
export const balanceMs: Asked = (scopes) => medianMs(scopes, getOverview);
export const historyMs: Asked = (scopes) =>
  medianMs(scopes, (scope) => listEntries(scope, { limit: PAGE, cursor: null }));
export const chartMs: Asked = (scopes) => medianMs(scopes, (scope) => getHistory(scope, { days: 30 }));
export const paceMs: Asked = (scopes) => medianMs(scopes, getRunway);
export const dueMs: Asked = (scopes) =>
  medianMs(scopes, async () => {
    const found = await listDue(new Date(), DUE);
    if (found.length !== DUE) throw new Error(`found ${found.length} of ${DUE}`);
  });
