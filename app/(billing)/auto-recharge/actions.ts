"use server";

import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { answer } from "@/app/answer";
import { typedMinor } from "@/components/money/typed-amount";
import { requireScope } from "@/lib/auth/gate";
import { getOverview } from "@/lib/balance/queries";
import { AppError } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { CONSENT_TEXT_VERSION } from "@/lib/recharge/consent";
import { listAttempts, listDecisions } from "@/lib/recharge/queries";
import { saveRule } from "@/lib/recharge/rule";
import { topUp } from "@/lib/recharge/top-up";
import { consentParams } from "./_components/consent-params";
import { ruleProblems, ruleValues, typedLimits } from "./_components/rule-values";
import { ROWS_SHOWN } from "./rows-shown";
import { ruleSchema, topUpSchema } from "./schema";

/** Saves the form of the rule. The text that was agreed to is made again here, so that what is stored is what was shown. */
export async function saveRuleAction(input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const values = ruleSchema.parse(input);
    const { currency, rule } = await getOverview(scope);
    const problems = ruleProblems(values, ruleValues(rule, currency), currency);
    const fields = Object.entries(problems).map(([path, message]) => ({ path, message }));
    if (fields.length > 0)
      throw new AppError(problems.consent ? "consent_required" : "invalid_request", undefined, { fields });
    const minMinor = typedMinor(values.min, currency);
    const targetMinor = typedMinor(values.target, currency);
    const limits = typedLimits(values, currency);
    const [locale, t] = await Promise.all([getLocale(), getTranslations("recharge")]);
    const agreed = values.enabled && values.consent && minMinor !== null && targetMinor !== null;
    await saveRule(scope, {
      enabled: values.enabled,
      minMinor,
      targetMinor,
      paymentMethodId: (values.paymentMethodId || null) as PaymentMethodId | null,
      backupPaymentMethodId: (values.backupPaymentMethodId || null) as PaymentMethodId | null,
      limits,
      ...(agreed
        ? {
            consent: {
              textVersion: CONSENT_TEXT_VERSION,
              text: t("consentText", consentParams({ minMinor, targetMinor, limits }, currency, locale)),
              locale,
            },
          }
        : {}),
    });
    return null;
  });
}

/** More of the list of charges. @param cursor of the page before */
export async function olderAttempts(cursor: string) {
  return answer(async () => listAttempts(await requireScope(), { limit: ROWS_SHOWN, cursor: z.uuid().parse(cursor) }));
}

/** More of the why list. @param cursor of the page before */
export async function olderDecisions(cursor: string) {
  return answer(async () => listDecisions(await requireScope(), { limit: ROWS_SHOWN, cursor: z.uuid().parse(cursor) }));
}

/** Charges once, by hand. */
export async function topUpAction(input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { typed, requestKey } = topUpSchema.parse(input);
    const { currency } = await getOverview(scope);
    const amountMinor = typedMinor(typed, currency);
    if (amountMinor === null)
      throw new AppError("invalid_request", undefined, { fields: [{ path: "amount", message: "not_a_decimal" }] });
    return topUp(scope, { amountMinor, requestKey });
  });
}
