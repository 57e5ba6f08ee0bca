import { systemSql, withTenant } from "@/db/client";
import { fromJsonRow } from "@/db/json-row";
import { rechargeAttempts } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { type BalancePoint, readHistory } from "@/lib/ledger/history";
import { type LedgerEntry, listPrepaidEntries } from "@/lib/ledger/queries";
import { subtract } from "@/lib/money/minor";
import { toAttempt } from "@/lib/recharge/attempt";
import { usedOfDay } from "@/lib/recharge/limits";
import { type SetupRow, setupOf } from "@/lib/recharge/setup";
import { stateOf } from "@/lib/recharge/state";
import type { BalanceOverview } from "@/lib/recharge/types";
import { doTogether } from "@/lib/together";
import { currencyOf } from "./currency";

const DAY_MS = 86_400_000;
const HISTORY_POINTS = 200;

export type Page<T> = { data: T[]; nextCursor: string | null };
export type PageRequest = { limit: number; cursor: string | null };

type SetupAt = { row: SetupRow | undefined; at: Date };

async function readSetups(tenantIds: TenantId[]): Promise<SetupAt[]> {
  const at = now();
  const rows = await systemSql()<
    SetupRow[]
  >`select * from recharge_setups(${tenantIds}::uuid[], ${at.toISOString()}::timestamptz, true)`;
  const byTenant = new Map(rows.map((row) => [row.tenant_id, row]));
  return tenantIds.map((tenantId) => ({ row: byTenant.get(tenantId), at }));
}

/** Balances that are asked for at once are read together: what one costs is asking, not finding. */
const reading = {
  all: readSetups,
  one: async (tenantId: TenantId) => (await readSetups([tenantId]))[0] as SetupAt,
  nothingDone: () => true,
};

/** The balance, the rule, what it is doing and why, as of now. @throws AppError not_found */
export async function getOverview(scope: TenantScope): Promise<BalanceOverview> {
  const { row, at } = await doTogether("overviews", scope.tenantId, reading);
  if (!row) throw new AppError("not_found");
  const { situation: s, rule, account } = setupOf(row, at, "sweep");
  const { consent, last } = row;
  return {
    tenantId: scope.tenantId,
    currency: s.currency,
    balanceMinor: s.balanceMinor,
    heldMinor: account.heldMinor,
    availableMinor: subtract(s.balanceMinor, account.heldMinor),
    pendingMinor: s.pendingMinor,
    floorMinor: account.floorMinor,
    rule: {
      enabled: rule.enabled,
      minMinor: rule.minMinor,
      targetMinor: rule.targetMinor,
      paymentMethodId: rule.paymentMethodId,
      backupPaymentMethodId: rule.backupPaymentMethodId,
      limits: s.limits,
      consent: consent && { ...consent, at: new Date(consent.at) },
    },
    ...stateOf(s),
    paymentMethodId: s.primary?.paymentMethodId ?? null,
    usedDayMinor: usedOfDay(s),
    chargesDay: s.chargesOfDay.length,
    usedMonthMinor: s.usedMonthMinor,
    lastAttempt: last && toAttempt(fromJsonRow(rechargeAttempts, last)),
  };
}

/** The statement, newest first. The cursor is the entry's position in the account's chain: stable under inserts. */
export async function listEntries(scope: TenantScope, page: PageRequest): Promise<Page<LedgerEntry>> {
  const beforeVersion = page.cursor === null ? null : Number(page.cursor);
  if (beforeVersion !== null && !Number.isSafeInteger(beforeVersion))
    throw invalid("cursor", "is not one that this list gave out");
  const currency = await currencyOf(scope.tenantId);
  const rows = await withTenant(scope, (tx) =>
    listPrepaidEntries(tx, scope.tenantId, currency, { limit: page.limit + 1, beforeVersion }),
  );
  const data = rows.slice(0, page.limit);
  return { data, nextCursor: rows.length > page.limit ? String(data.at(-1)?.version) : null };
}

/** The balance over the last days, for the chart, oldest first and led by the balance at their start: at most 200 points. */
export async function getHistory(scope: TenantScope, { days }: { days: number }): Promise<BalancePoint[]> {
  const to = now();
  const from = new Date(to.getTime() - days * DAY_MS);
  return withTenant(scope, (tx) => readHistory(tx, scope.tenantId, from, to, HISTORY_POINTS));
}
