import { eq, sql } from "drizzle-orm";
import type { Reader, Tx } from "@/db/client";
import { fromJsonRow } from "@/db/json-row";
import { ledgerAccounts, rechargeRules } from "@/db/schema";
import type { AttemptState, Trigger } from "@/db/schema/recharge";
import { now } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import type { AttemptId, PaymentMethodId, StripeCustomerId, TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { add, type Minor, ZERO } from "@/lib/money/minor";
import { monthAround } from "./calendar";
import { CARD_BUDGET, CARD_BUDGET_DAYS } from "./declines";
import { feePolicy } from "./fee-policy";
import type { Chargeable, Situation } from "./situation";

const DAY_MS = 86_400_000;

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
  const [rule] = await ruleForUpdate(tx, tenantId);
  if (!rule) throw new AppError("not_found");
  return rule;
}

/** The statement of {@link lockRule}. */
export const ruleForUpdate = (tx: Tx, tenantId: TenantId) =>
  tx.select().from(rechargeRules).where(eq(rechargeRules.tenantId, tenantId)).for("update");

type Method = {
  paymentMethodId: PaymentMethodId;
  isDefault: boolean;
  fingerprint: string | null;
  status: string;
  type: string;
  funding: string | null;
  country: string | null;
};
type Charge = { totalMinor: Minor; at: string };
/** What the function `recharge_setups` answers of each tenant. */
export type SetupRow = {
  tenant_id: TenantId;
  currency: Currency;
  time_zone: string;
  stripe_customer_id: StripeCustomerId | null;
  stop_all: boolean;
  dry_run: boolean;
  backup_tried: boolean;
  rule: Record<string, unknown>;
  account: Record<string, unknown>;
  /** Newest first. */
  methods: Method[] | null;
  tries: { fingerprint: string; at: string }[] | null;
  open: (Charge & { attemptId: AttemptId; state: AttemptState; amountMinor: Minor }) | null;
  counted: Charge[] | null;
  consent: { consentId: string; textVersion: string; actor: string; at: string } | null;
  last: Record<string, unknown> | null;
};

/** While a method is being removed it is not among them, and what takes its place is what will when it is gone. */
function pickMethods(rule: RuleRow, methods: Method[]) {
  const byId = (id: string | null) => methods.find((m) => m.paymentMethodId === id) ?? null;
  const standard = methods.find((m) => m.isDefault) ?? methods.find(isUsable) ?? null;
  const primary = byId(rule.paymentMethodId) ?? standard;
  const backup = byId(rule.backupPaymentMethodId);
  return { primary, backup: backup === primary ? null : backup };
}

const isUsable = ({ status }: Method) => status === "active" || status === "failing";

function chargeable(method: Method | null, tries: SetupRow["tries"]): Chargeable | null {
  if (!method) return null;
  const { paymentMethodId, fingerprint, type, funding, country } = method;
  const own = (tries ?? []).filter((each) => each.fingerprint === fingerprint);
  const freeing = own[own.length - CARD_BUDGET];
  return {
    paymentMethodId,
    fingerprint,
    subject: { type, funding, country },
    usable: isUsable(method),
    tries: own.length,
    triesFreeAt: freeing ? new Date(new Date(freeing.at).getTime() + CARD_BUDGET_DAYS * DAY_MS) : null,
  };
}

/** What counts against the limits. */
function readCharges({ counted, open }: SetupRow, monthStartsAt: Date, at: Date) {
  const charges = [...(counted ?? []), ...(open ? [open] : [])]
    .map((charge) => ({ at: new Date(charge.at), totalMinor: charge.totalMinor }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const dayAgo = at.getTime() - DAY_MS;
  return {
    chargesOfDay: charges.filter((charge) => charge.at.getTime() > dayAgo),
    usedMonthMinor: charges
      .filter((charge) => charge.at >= monthStartsAt)
      .reduce<Minor>((sum, charge) => add(sum, charge.totalMinor), ZERO),
    lastChargeAt: charges.at(-1)?.at ?? null,
  };
}

/** The situation that rows make, at an instant. @param lockedRule the rule as it was locked, when it was */
export function setupOf(row: SetupRow, at: Date, trigger: Trigger, lockedRule?: RuleRow): Setup {
  const rule = lockedRule ?? fromJsonRow(rechargeRules, row.rule);
  const account = fromJsonRow(ledgerAccounts, row.account);
  const month = monthAround(at, row.time_zone);
  const { primary, backup } = pickMethods(rule, row.methods ?? []);
  const { open } = row;
  const situation: Situation = {
    now: at,
    trigger,
    currency: row.currency,
    balanceMinor: account.balanceMinor,
    pendingMinor: open && open.state !== "requires_action" ? open.amountMinor : ZERO,
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
    brakes: { stopAll: row.stop_all, dryRun: row.dry_run, stopTenant: rule.stoppedAt !== null },
    open: open && { attemptId: open.attemptId, state: open.state },
    pauseReason: rule.pauseReason,
    retryAt: rule.retryAt,
    consecutiveFailures: rule.consecutiveFailures,
    blockedFingerprint: rule.blockedFingerprint,
    primary: chargeable(primary, row.tries),
    backup: chargeable(backup, row.tries),
    backupTried: row.backup_tried,
    ...readCharges(row, month.startsAt, at),
    monthEndsAt: month.endsAt,
    feePolicy: feePolicy(row.currency),
  };
  return { situation, rule, account, timeZone: row.time_zone, stripeCustomerId: row.stripe_customer_id };
}

/**
 * Reads everything a decision needs, in one round trip. Inside {@link lockRule}'s transaction the answer cannot be overtaken;
 * outside it is good enough to show.
 * @throws AppError not_found
 */
export async function readSetup(
  db: Reader,
  tenantId: TenantId,
  trigger: Trigger,
  lockedRule?: RuleRow,
): Promise<Setup> {
  const at = now();
  const [row] = await db.execute<SetupRow>(
    sql`select * from recharge_setups(array[${tenantId}::uuid], ${at.toISOString()}::timestamptz, false)`,
  );
  if (!row) throw new AppError("not_found");
  return setupOf(row, at, trigger, lockedRule);
}
