import { toMinor } from "@/lib/money/minor";
import { CONSENT_TEXT_VERSION } from "@/lib/recharge/consent";
import { type RuleInput, saveRule } from "@/lib/recharge/rule";
import { Span } from "../calls";
import type { SimulatedTenant } from "../tenant";
import type { World } from "../world";
import { around, freshStart, methodsOf } from "./perform";
import type { RuleTerms } from "./types";

const amount = (minor: number | null) => (minor === null ? null : toMinor(minor));

/** Saves a rule as a customer does, every field of it. What may be in force from now on is noted. */
export function saveTerms(world: World, tenant: SimulatedTenant, terms: RuleTerms): void {
  const methods = methodsOf(world, tenant);
  const method = terms.method === null ? null : (around(methods, terms.method) ?? null);
  const backup = terms.backup === null ? null : (around(methods, terms.backup) ?? null);
  const { maxChargesPerDay, minIntervalMinutes, ...money } = terms.limits;
  const input: RuleInput = {
    enabled: terms.enabled,
    minMinor: toMinor(terms.minMinor),
    targetMinor: toMinor(terms.targetMinor),
    paymentMethodId: method,
    backupPaymentMethodId: backup === method ? null : backup,
    limits: {
      minChargeMinor: amount(money.minChargeMinor),
      maxChargeMinor: amount(money.maxChargeMinor),
      maxPerDayMinor: amount(money.maxPerDayMinor),
      maxPerMonthMinor: amount(money.maxPerMonthMinor),
      maxChargesPerDay,
      minIntervalMinutes,
    },
    ...(terms.consent && terms.enabled ? { consent: { textVersion: CONSENT_TEXT_VERSION } } : {}),
  };
  if (method) freshStart(tenant);
  const version = { terms, span: new Span() };
  tenant.rules.push(version);
  let tries = 0;
  const work = () => {
    tries++;
    return saveRule(tenant.scope, input);
  };
  world.calls.ask(`rule of ${tenant.name}`, work, (answered) => {
    if (answered.said === "yes") version.span.close();
    // Refused at the first try, it never was in force; later it may have been, by a try that nobody heard of.
    else if (tries === 1) tenant.rules.splice(tenant.rules.indexOf(version), 1);
  });
}
