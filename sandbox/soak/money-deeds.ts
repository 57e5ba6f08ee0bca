import { newId } from "@/lib/ids";
import { CONSENT_TEXT_VERSION } from "@/lib/recharge/consent";
import { Span } from "../simulator/calls";
import type { RuleTerms } from "../simulator/story/types";
import type { Act } from "./act";
import { drawTerms, type LoadedTenant } from "./tenants";

export const usd = (minor: number): string => (minor / 100).toFixed(2);
const usdOrNull = (minor: number | null) => (minor === null ? null : usd(minor));

/** Each draws all that is random before it waits for anything, so that the order of answers changes nothing of what is asked. */
export const debit: Act = ({ random, of }) => {
  const amountMinor = random.between(25, 250);
  return async () => {
    await of.client("debit").createDebit({ amount: usd(amountMinor) });
    of.tenant.accepted.debitedMinor += amountMinor;
  };
};

export const batch: Act = ({ random, of }) => {
  const amounts = Array.from({ length: random.between(2, 30) }, () => random.between(5, 40));
  return async () => {
    const debits = amounts.map((minor) => ({ id: newId(), amount: usd(minor) }));
    await of.client("batch").createDebit({ debits });
    of.tenant.accepted.debitedMinor += amounts.reduce((sum, minor) => sum + minor, 0);
  };
};

export const hold: Act = ({ random, of }) => {
  const amountMinor = random.between(50, 300);
  const captureMinor = random.chance(0.75) ? random.between(1, amountMinor) : null;
  return async () => {
    const { id } = await of.client("hold").createHold({ amount: usd(amountMinor) });
    if (captureMinor === null) {
      await of.client("release").releaseHold(id, {});
      return;
    }
    await of.client("capture").captureHold(id, { amount: usd(captureMinor) });
    of.tenant.accepted.capturedMinor += captureMinor;
  };
};

export const topUp: Act = ({ random, of }) => {
  const amountMinor = random.between(5, 40) * 100;
  return () => of.client("top-up").createRecharge({ amount: usd(amountMinor) });
};

export const refund: Act = ({ random, of }) => {
  const nth = random.between(0, 19);
  const share = random.chance(0.3) ? null : random.unit() / 4;
  return async () => {
    const { data } = await of.client("transactions").listTransactions({ type: "payment", status: "succeeded" });
    const left = ({ amount, refunded }: { amount: string; refunded: string }) =>
      Math.round(Number(amount) * 100) - Math.round(Number(refunded) * 100);
    const paid = data.filter((one) => one.sourceKind === "recharge" && left(one) > 0);
    const payment = paid[nth % Math.max(1, paid.length)];
    if (!payment) return;
    const amount = share === null ? {} : { amount: usd(Math.max(1, Math.floor(left(payment) * share))) };
    await of.client("refund").createRefund(payment.id, amount);
  };
};

/** Saves a rule; from now on it may be in force, from the answer on it is. */
export async function saveRule(of: LoadedTenant, terms: RuleTerms): Promise<void> {
  const version = { terms, span: new Span() };
  of.tenant.rules.push(version);
  const { minChargeMinor, maxChargeMinor, maxPerDayMinor, maxPerMonthMinor, ...counts } = terms.limits;
  await of.client("rule").updateAutoRecharge({
    enabled: terms.enabled,
    minBalance: usd(terms.minMinor),
    targetBalance: usd(terms.targetMinor),
    limits: {
      minCharge: usdOrNull(minChargeMinor),
      maxCharge: usdOrNull(maxChargeMinor),
      maxPerDay: usdOrNull(maxPerDayMinor),
      maxPerMonth: usdOrNull(maxPerMonthMinor),
      ...counts,
    },
    consent: { textVersion: CONSENT_TEXT_VERSION },
  });
  version.span.close();
}

export const rule: Act = ({ random, of }) => {
  const terms = drawTerms(random);
  return () => saveRule(of, terms);
};
