import { and, desc, eq } from "drizzle-orm";
import { type Tx, withTenant } from "@/db/client";
import { rechargeAttempts, rechargeConsents, rechargeRules } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { now } from "@/lib/clock";
import { invalid } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { type LedgerEntry, listPrepaidEntries, readHistory } from "@/lib/ledger/queries";
import { subtract } from "@/lib/money/minor";
import { toAttempt } from "@/lib/recharge/attempt";
import { usedOfDay } from "@/lib/recharge/limits";
import { readSetup } from "@/lib/recharge/setup";
import { stateOf } from "@/lib/recharge/state";
import type { BalanceOverview } from "@/lib/recharge/types";

const DAY_MS = 86_400_000;
const HISTORY_POINTS = 200;

export type Page<T> = { data: T[]; nextCursor: string | null };
export type PageRequest = { limit: number; cursor: string | null };

/** What is only shown: the last attempt, and the consent that the rule stands on. One question, for it is asked with every look. */
async function readShown(tx: Tx, tenantId: TenantId) {
  const last = tx
    .select()
    .from(rechargeAttempts)
    .where(eq(rechargeAttempts.tenantId, tenantId))
    .orderBy(desc(rechargeAttempts.createdAt), desc(rechargeAttempts.attemptId))
    .limit(1)
    .as("last");
  const [row] = await tx
    .select()
    .from(rechargeRules)
    .leftJoin(
      rechargeConsents,
      and(
        eq(rechargeConsents.tenantId, rechargeRules.tenantId),
        eq(rechargeConsents.consentId, rechargeRules.consentId),
      ),
    )
    .leftJoin(last, eq(last.tenantId, rechargeRules.tenantId))
    .where(eq(rechargeRules.tenantId, tenantId));
  return row;
}

/** The balance, the rule, what it is doing and why, as of now. @throws AppError not_found */
export async function getOverview(scope: TenantScope): Promise<BalanceOverview> {
  return withTenant(scope, async (tx) => {
    const [{ situation: s, rule, account }, shown] = await Promise.all([
      readSetup(tx, scope.tenantId, "sweep"),
      readShown(tx, scope.tenantId),
    ]);
    const { last, recharge_consents: consent } = shown ?? { last: null, recharge_consents: null };
    const state = stateOf(s);
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
        consent: consent
          ? {
              consentId: consent.consentId,
              textVersion: consent.textVersion,
              actor: consent.actor,
              at: consent.createdAt,
            }
          : null,
      },
      ...state,
      paymentMethodId: s.primary?.paymentMethodId ?? null,
      usedDayMinor: usedOfDay(s),
      chargesDay: s.chargesOfDay.length,
      usedMonthMinor: s.usedMonthMinor,
      lastAttempt: last ? toAttempt(last) : null,
    };
  });
}

/** The statement, newest first. The cursor is the entry's position in the account's chain: stable under inserts. */
export async function listEntries(scope: TenantScope, page: PageRequest): Promise<Page<LedgerEntry>> {
  const beforeVersion = page.cursor === null ? null : Number(page.cursor);
  if (beforeVersion !== null && !Number.isSafeInteger(beforeVersion))
    throw invalid("cursor", "is not one that this list gave out");
  const rows = await withTenant(scope, (tx) =>
    listPrepaidEntries(tx, scope.tenantId, { limit: page.limit + 1, beforeVersion }),
  );
  const data = rows.slice(0, page.limit);
  return { data, nextCursor: rows.length > page.limit ? String(data.at(-1)?.version) : null };
}

/** The balance over the last days, for the chart: at most 200 points, the present one last. */
export async function getHistory(scope: TenantScope, { days }: { days: number }) {
  const to = now();
  const from = new Date(to.getTime() - days * DAY_MS);
  return withTenant(scope, async (tx) => {
    const points = await readHistory(tx, scope.tenantId, from, to, HISTORY_POINTS - 2);
    const last = points.at(-1);
    return last ? [...points, { at: to, balanceMinor: last.balanceMinor }] : points;
  });
}
