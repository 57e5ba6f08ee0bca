import { closePools } from "@/db/client";
import type { TenantScope } from "@/lib/auth/scope";
import { adjust, debit } from "@/lib/balance/commands";
import { now } from "@/lib/clock";
import { newId, type TenantId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { attachPaymentMethod } from "@/lib/payment-methods/commands";
import { CONSENT_TEXT_VERSION } from "@/lib/recharge/consent";
import { evaluateTenant } from "@/lib/recharge/evaluate";
import { takeDue } from "@/lib/recharge/hand-out";
import { saveRule } from "@/lib/recharge/rule";

/** An instance of the product as far as jobs see it: told over the process's own channel what to do next. */

const LEFT = 5_000;
const scopeOf = (tenantId: string): TenantScope => ({
  tenantId: tenantId as TenantId,
  role: "owner",
  userId: null,
  actor: "bench",
  scopes: [],
});
const sourceId = () => newId();

const VERBS = {
  /** A card, money, and a rule that fills up to $600 below $150. */
  async prepare(tenantId: string) {
    const scope = scopeOf(tenantId);
    await attachPaymentMethod(scope, "pm_card_visa");
    const credit = { tenantId: scope.tenantId, amountMinor: toMinor(60_000), reason: "bench", sourceId: sourceId() };
    await adjust(scope, credit);
    await saveRule(scope, {
      enabled: true,
      minMinor: toMinor(15_000),
      targetMinor: toMinor(60_000),
      consent: { textVersion: CONSENT_TEXT_VERSION },
      limits: { maxPerDayMinor: null, maxChargesPerDay: null, minIntervalMinutes: null, maxPerMonthMinor: null },
    });
  },
  spend: (tenantId: string) =>
    debit(scopeOf(tenantId), { sourceId: sourceId(), amountMinor: toMinor(60_000 - LEFT) }).then(() => undefined),
  due: () => takeDue(now()),
  evaluate: async (tenantId: string) => (await evaluateTenant(tenantId as TenantId, "sweep")).reason,
};

export type Verbs = typeof VERBS;

process.on("message", async ({ id, verb, tenantId }: { id: number; verb: keyof Verbs; tenantId: string }) => {
  try {
    process.send?.({ id, answer: await VERBS[verb](tenantId) });
  } catch (error) {
    process.send?.({ id, error: String(error) });
  }
});
process.once("disconnect", () => void closePools().then(() => process.exit(0)));
