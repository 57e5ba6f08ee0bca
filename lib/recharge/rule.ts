import { and, eq, isNull } from "drizzle-orm";
import { systemDb, type Tx } from "@/db/client";
import { paymentMethods, rechargeRules, tenants } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import type { TenantScope } from "@/lib/auth/scope";
import { getOverview } from "@/lib/balance/queries";
import { now } from "@/lib/clock";
import { AppError, invalid } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { setRechargeThreshold } from "@/lib/ledger/accounts";
import { log } from "@/lib/log";
import { decimalsOf } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import { unknownMethod } from "@/lib/payment-methods/refusals";
import { isBeingRemoved } from "@/lib/payment-methods/rules";
import { cancelWaiting } from "./cancel-waiting";
import { type ConsentInput, recordChangedTerms, storeConsent } from "./consent";
import { feePolicy } from "./fee-policy";
import { defaultLimits } from "./limits";
import { resume } from "./resume";
import { checkTerms } from "./rules";
import { lockRule, type RuleRow } from "./setup";
import type { BalanceOverview, Limits } from "./types";

/** Undefined leaves a field as it is; null takes it away. Amounts in minor units. */
export type RuleInput = {
  enabled?: boolean;
  minMinor?: Minor | null;
  targetMinor?: Minor | null;
  paymentMethodId?: PaymentMethodId | null;
  backupPaymentMethodId?: PaymentMethodId | null;
  limits?: Partial<Limits>;
  consent?: ConsentInput;
};

async function ownMethod(tx: Tx, scope: TenantScope, id: PaymentMethodId | null | undefined, path: string) {
  if (!id) return null;
  const [method] = await tx
    .select()
    .from(paymentMethods)
    .where(
      and(
        eq(paymentMethods.tenantId, scope.tenantId),
        eq(paymentMethods.paymentMethodId, id),
        isNull(paymentMethods.removedAt),
      ),
    );
  if (!method || isBeingRemoved(method, now())) throw unknownMethod(path);
  return method;
}

function limitsOf(rule: RuleRow, change: Partial<Limits> | undefined, decimals: number): Limits {
  const untouched = rule.minMinor === null && rule.targetMinor === null;
  const { minChargeMinor, maxChargeMinor, maxPerDayMinor, maxChargesPerDay, maxPerMonthMinor, minIntervalMinutes } =
    rule;
  const stored: Limits = untouched
    ? defaultLimits(decimals)
    : { minChargeMinor, maxChargeMinor, maxPerDayMinor, maxChargesPerDay, maxPerMonthMinor, minIntervalMinutes };
  const given = Object.fromEntries(Object.entries(change ?? {}).filter(([, value]) => value !== undefined));
  return { ...stored, ...given };
}

type Agreed = { minMinor: Minor; targetMinor: Minor; currency: string; limits: Limits };

/**
 * Turning on needs the customer's word. Terms that are changed while it is on are put on record as well: who changed them, when,
 * to what, under the text that was agreed to.
 */
async function consentFor(tx: Tx, scope: TenantScope, rule: RuleRow, input: RuleInput, terms: Agreed): Promise<string> {
  if (input.consent) return storeConsent(tx, scope, input.consent, terms);
  if (!rule.enabled || rule.consentId === null)
    throw invalid("consent", "is required to turn auto-recharge on", "consent_required");
  return recordChangedTerms(tx, scope, rule.consentId, terms);
}

/** Choosing a card other than the one that was refused is what the pause waits for. @returns whether the rule was paused */
async function resumeWith(
  tx: Tx,
  rule: RuleRow,
  after: AppEvent[],
  method: { paymentMethodId: PaymentMethodId; fingerprint: string | null } | null,
): Promise<boolean> {
  if (!method || method.paymentMethodId === rule.paymentMethodId || method.fingerprint === null) return false;
  if (method.fingerprint === rule.pausedFingerprint || method.fingerprint === rule.blockedFingerprint) return false;
  return resume(tx, rule, after, method.paymentMethodId);
}

async function write(tx: Tx, scope: TenantScope, input: RuleInput, after: AppEvent[]): Promise<{ resumed: boolean }> {
  const rule = await lockRule(tx, scope.tenantId);
  const [tenant] = await tx
    .select({ currency: tenants.currency })
    .from(tenants)
    .where(eq(tenants.tenantId, scope.tenantId));
  if (!tenant) throw new AppError("not_found");
  const enabled = input.enabled ?? rule.enabled;
  const pick = <T>(given: T | undefined, stored: T): T => (given === undefined ? stored : given);
  const minMinor = pick(input.minMinor, rule.minMinor);
  const targetMinor = pick(input.targetMinor, rule.targetMinor);
  const paymentMethodId = pick(input.paymentMethodId, rule.paymentMethodId);
  const backupPaymentMethodId = pick(input.backupPaymentMethodId, rule.backupPaymentMethodId);
  const limits = limitsOf(rule, input.limits, decimalsOf(tenant.currency));

  const method = await ownMethod(tx, scope, input.paymentMethodId, "paymentMethodId");
  await ownMethod(tx, scope, input.backupPaymentMethodId, "backupPaymentMethodId");
  if (paymentMethodId && paymentMethodId === backupPaymentMethodId)
    throw invalid("backupPaymentMethodId", "must be another method than paymentMethodId");
  if (minMinor !== null && targetMinor !== null) {
    const subject = method
      ? { type: method.type, funding: method.card?.funding ?? null, country: method.card?.country ?? null }
      : null;
    checkTerms({ currency: tenant.currency, minMinor, targetMinor, limits }, feePolicy(tenant.currency), subject);
  }
  if (enabled && minMinor === null) throw invalid("minBalance", "is required to turn auto-recharge on");
  if (enabled && targetMinor === null) throw invalid("targetBalance", "is required to turn auto-recharge on");
  const consentId =
    enabled && minMinor !== null && targetMinor !== null
      ? await consentFor(tx, scope, rule, input, { minMinor, targetMinor, currency: tenant.currency, limits })
      : rule.consentId;

  await tx
    .update(rechargeRules)
    .set({
      enabled,
      minMinor,
      targetMinor,
      paymentMethodId,
      backupPaymentMethodId,
      ...limits,
      consentId,
      updatedAt: now(),
      updatedBy: scope.userId,
    })
    .where(eq(rechargeRules.tenantId, scope.tenantId));
  await setRechargeThreshold(tx, scope.tenantId, enabled ? minMinor : null);
  return { resumed: await resumeWith(tx, rule, after, method) };
}

/**
 * Saves the auto-recharge rule, and looks at the balance at once when it is on.
 * @throws AppError invalid_request · limits_unsatisfiable · consent_required · not_found (a method that is not the tenant's)
 */
export async function saveRule(scope: TenantScope, input: RuleInput): Promise<BalanceOverview> {
  const after: AppEvent[] = [];
  const { resumed } = await systemDb().transaction((tx) => write(tx, scope, input, after));
  if (resumed)
    await cancelWaiting(scope.tenantId).catch((error) =>
      log().warn({ err: error, tenantId: scope.tenantId }, "a waiting payment could not be ended yet"),
    );
  await send(after);
  const overview = await getOverview(scope);
  if (overview.rule.enabled && overview.rule.minMinor !== null && overview.balanceMinor < overview.rule.minMinor) {
    await send([{ name: "balance/low", data: { tenantId: scope.tenantId, trigger: "rule_saved" } }]);
  }
  return overview;
}
