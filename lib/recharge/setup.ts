import { and, asc, eq, gte, isNull, sql } from "drizzle-orm";
import type { Reader, Tx } from "@/db/client";
import { ledgerAccounts, paymentMethods, rechargeAttempts, rechargeBrakes, rechargeRules, tenants } from "@/db/schema";
import type { Trigger } from "@/db/schema/recharge";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import type { StripeCustomerId, TenantId } from "@/lib/ids";
import { add, type Minor, ZERO } from "@/lib/money/minor";
import { monthAround } from "./calendar";
import { CARD_BUDGET, CARD_BUDGET_DAYS } from "./declines";
import { feePolicy } from "./fee-policy";
import type { Chargeable, Situation } from "./situation";

const DAY_MS = 86_400_000;
const OPEN = ["reserved", "charging", "processing", "requires_action", "unknown"];

export type RuleRow = typeof rechargeRules.$inferSelect;
/** The situation and the rows it was made of. */
export type Setup = {
  situation: Situation;
  rule: RuleRow;
  account: typeof ledgerAccounts.$inferSelect;
  timeZone: string;
  stripeCustomerId: StripeCustomerId | null;
};

/**
 * Takes the tenant's recharge lock until the end of the transaction: whoever decides, reserves or settles holds it, so that
 * limits are read and reserved as one.
 */
export async function lockRule(tx: Tx, tenantId: TenantId): Promise<RuleRow> {
  const [rule] = await tx.select().from(rechargeRules).where(eq(rechargeRules.tenantId, tenantId)).for("update");
  if (!rule) throw new AppError("not_found");
  return rule;
}

type MethodRow = typeof paymentMethods.$inferSelect;

function pickMethods(rule: RuleRow, methods: MethodRow[]) {
  const byId = (id: string | null) => methods.find((m) => m.paymentMethodId === id) ?? null;
  const primary = rule.paymentMethodId ? byId(rule.paymentMethodId) : (methods.find((m) => m.isDefault) ?? null);
  const backup = byId(rule.backupPaymentMethodId);
  return { primary, backup: backup === primary ? null : backup };
}

async function readTries(db: Reader, fingerprints: string[], at: Date) {
  if (fingerprints.length === 0) return new Map<string, Date[]>();
  const since = new Date(at.getTime() - CARD_BUDGET_DAYS * DAY_MS);
  const rows = await db.execute<{ fingerprint: string; created_at: string }>(
    sql`select fingerprint, created_at from unpaid_card_tries(${sql.param(fingerprints)}::text[], ${since.toISOString()}::timestamptz)`,
  );
  const tries = new Map<string, Date[]>();
  for (const row of rows) tries.set(row.fingerprint, [...(tries.get(row.fingerprint) ?? []), new Date(row.created_at)]);
  return tries;
}

function chargeable(row: MethodRow | null, tries: Map<string, Date[]>): Chargeable | null {
  if (!row) return null;
  const dates = tries.get(row.fingerprint ?? "") ?? [];
  const freeing = dates[dates.length - CARD_BUDGET];
  return {
    paymentMethodId: row.paymentMethodId,
    fingerprint: row.fingerprint,
    subject: { type: row.type, funding: row.card?.funding ?? null, country: row.card?.country ?? null },
    usable: row.status === "active" || row.status === "failing",
    tries: dates.length,
    triesFreeAt: freeing ? new Date(freeing.getTime() + CARD_BUDGET_DAYS * DAY_MS) : null,
  };
}

/** The attempts that bear on a decision: the open one, what counts against the limits, and whether the backup was asked. */
async function readAttempts(db: Reader, rule: RuleRow, monthStartsAt: Date, at: Date) {
  // What was reserved a day before may have been charged within the window: so long a lost request is sent again.
  const since = new Date(Math.min(monthStartsAt.getTime(), at.getTime() - DAY_MS) - DAY_MS);
  const rows = await db
    .select({
      attemptId: rechargeAttempts.attemptId,
      state: rechargeAttempts.state,
      episodeId: rechargeAttempts.episodeId,
      isBackup: rechargeAttempts.isBackup,
      amountMinor: rechargeAttempts.amountMinor,
      totalMinor: rechargeAttempts.totalMinor,
      createdAt: rechargeAttempts.createdAt,
      chargingAt: rechargeAttempts.chargingAt,
    })
    .from(rechargeAttempts)
    .where(
      and(
        eq(rechargeAttempts.tenantId, rule.tenantId),
        sql`(${gte(rechargeAttempts.createdAt, since)} or ${rechargeAttempts.state} in ${OPEN} or ${rechargeAttempts.episodeId} = ${rule.episodeId}::uuid)`,
      ),
    )
    .orderBy(asc(rechargeAttempts.createdAt));
  const counted = rows
    .filter((r) => r.state !== "failed")
    .map((r) => ({ at: r.chargingAt ?? r.createdAt, totalMinor: r.totalMinor }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const open = rows.find((r) => OPEN.includes(r.state));
  const dayAgo = at.getTime() - DAY_MS;
  return {
    open: open ? { attemptId: open.attemptId, state: open.state, amountMinor: open.amountMinor } : null,
    chargesOfDay: counted.filter((r) => r.at.getTime() > dayAgo),
    usedMonthMinor: counted
      .filter((r) => r.at >= monthStartsAt)
      .reduce<Minor>((sum, r) => add(sum, r.totalMinor), ZERO),
    lastChargeAt: counted.at(-1)?.at ?? null,
    backupTried: rule.episodeId !== null && rows.some((r) => r.isBackup && r.episodeId === rule.episodeId),
  };
}

/**
 * Reads everything a decision needs. Inside {@link lockRule}'s transaction the answer cannot be overtaken; outside it is good
 * enough to show.
 * @throws AppError not_found
 */
export async function readSetup(
  db: Reader,
  tenantId: TenantId,
  trigger: Trigger,
  lockedRule?: RuleRow,
): Promise<Setup> {
  const at = now();
  const [head] = await db
    .select({ rule: rechargeRules, tenant: tenants, account: ledgerAccounts, brakes: rechargeBrakes })
    .from(rechargeRules)
    .innerJoin(tenants, eq(tenants.tenantId, rechargeRules.tenantId))
    .innerJoin(
      ledgerAccounts,
      and(eq(ledgerAccounts.tenantId, rechargeRules.tenantId), eq(ledgerAccounts.account, "prepaid")),
    )
    .leftJoin(rechargeBrakes, eq(rechargeBrakes.id, 1))
    .where(eq(rechargeRules.tenantId, tenantId));
  if (!head) throw new AppError("not_found");
  const rule = lockedRule ?? head.rule;
  const month = monthAround(at, head.tenant.timeZone);
  const methods = await db
    .select()
    .from(paymentMethods)
    .where(and(eq(paymentMethods.tenantId, tenantId), isNull(paymentMethods.removedAt)));
  const { primary, backup } = pickMethods(rule, methods);
  const fingerprints = [primary?.fingerprint, backup?.fingerprint].filter((f) => f != null);
  const tries = await readTries(db, fingerprints, at);
  const attempts = await readAttempts(db, rule, month.startsAt, at);

  const situation: Situation = {
    now: at,
    trigger,
    currency: head.tenant.currency,
    balanceMinor: head.account.balanceMinor,
    pendingMinor: attempts.open && attempts.open.state !== "requires_action" ? attempts.open.amountMinor : ZERO,
    enabled: rule.enabled,
    minMinor: rule.minMinor,
    targetMinor: rule.targetMinor,
    limits: {
      minChargeMinor: rule.minChargeMinor,
      maxChargeMinor: rule.maxChargeMinor,
      maxPerDayMinor: rule.maxPerDayMinor,
      maxChargesPerDay: rule.maxChargesPerDay,
      maxPerMonthMinor: rule.maxPerMonthMinor,
      minIntervalMinutes: rule.minIntervalMinutes,
    },
    brakes: {
      stopAll: head.brakes?.stopAll ?? false,
      dryRun: head.brakes?.dryRun ?? false,
      stopTenant: rule.stoppedAt !== null,
    },
    open: attempts.open,
    pauseReason: rule.pauseReason,
    retryAt: rule.retryAt,
    consecutiveFailures: rule.consecutiveFailures,
    blockedFingerprint: rule.blockedFingerprint,
    primary: chargeable(primary, tries),
    backup: chargeable(backup, tries),
    backupTried: attempts.backupTried,
    chargesOfDay: attempts.chargesOfDay,
    lastChargeAt: attempts.lastChargeAt,
    usedMonthMinor: attempts.usedMonthMinor,
    monthEndsAt: month.endsAt,
    feePolicy: feePolicy(head.tenant.currency),
  };
  const { timeZone, stripeCustomerId } = head.tenant;
  return { situation, rule, account: head.account, timeZone, stripeCustomerId };
}
