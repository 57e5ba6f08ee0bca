"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { MoneyInput } from "@/components/money/money-input";
import { typedMinor } from "@/components/money/typed-amount";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import { formatMoney, toDecimalString } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import type { FeePolicy, FeeSubject } from "@/lib/money/fees";
import type { Minor } from "@/lib/money/minor";
import { monthlyProposal } from "@/lib/recharge/monthly-proposal";
import { ConsentField } from "./consent-field";
import { EnabledField } from "./enabled-field";
import { LimitFields } from "./limit-fields";
import { MethodFields, type MethodOption } from "./method-fields";
import { PreviewCard } from "./preview-card";
import {
  needsConsent,
  type RuleField,
  type RuleProblems,
  type RuleValues,
  refusedFields,
  ruleProblems,
} from "./rule-values";

export type SaveRule = (values: RuleValues) => Promise<ActionResult>;
type Props = {
  saved: RuleValues;
  save: SaveRule;
  currency: Currency;
  balanceMinor: Minor;
  pendingMinor: Minor;
  methods: (MethodOption & { feeSubject: FeeSubject | null })[];
  feePolicy: FeePolicy;
  readOnly: boolean;
};

export function RuleForm({ saved, save, currency, balanceMinor, pendingMinor, methods, feePolicy, readOnly }: Props) {
  const t = useTranslations("recharge");
  const locale = useLocale();
  const router = useRouter();
  const toast = useToast();
  const { run, busy, problem } = useAction(save);
  const [values, setValues] = useState(saved);
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<RuleProblems>({});

  const problems: RuleProblems = tried ? { ...refused, ...ruleProblems(values, saved, currency) } : {};
  const errorOf = (field: RuleField) => (problems[field] ? t(`problems.${problems[field]}`) : null);
  const change = (part: Partial<RuleValues>) => {
    setValues((before) => ({ ...before, ...part }));
    setRefused({});
  };
  const minMinor = typedMinor(values.min, currency);
  const targetMinor = typedMinor(values.target, currency);
  const chosen = methods.find((m) => m.id === values.paymentMethodId) ?? methods.find((m) => m.isDefault);
  const method = chosen?.feeSubject ?? null;
  const complete = minMinor !== null && targetMinor !== null && minMinor < targetMinor;
  const proposed = complete ? monthlyProposal(minMinor, targetMinor, currency, feePolicy, method) : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(ruleProblems(values, saved, currency)).length > 0) return;
    const result = await run(values);
    if (!result.ok) return setRefused(refusedFields(result.error));
    setTried(false);
    setValues((now) => ({ ...now, consent: false }));
    toast("good", t("form.saved"));
    router.refresh();
  };

  return (
    <div className="grid items-start gap-5 lg:grid-cols-5">
      <Card className="lg:col-span-3" aria-label={t("form.label")}>
        <CardBody>
          <form onSubmit={submit} noValidate className="flex flex-col gap-6">
            {readOnly ? <Alert tone="info" title={t("form.readOnly")} /> : null}
            <EnabledField
              enabled={values.enabled}
              onEnabled={(enabled) => change({ enabled })}
              disabled={readOnly}
              hasMethod={methods.length > 0}
            />
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label={t("form.minimum")} hint={t("form.minimumHint")} error={errorOf("min")}>
                {(wiring) => (
                  <MoneyInput
                    currency={currency}
                    value={values.min}
                    onValue={(min) => change({ min })}
                    disabled={readOnly}
                    {...wiring}
                  />
                )}
              </Field>
              <Field label={t("form.target")} hint={t("form.targetHint")} error={errorOf("target")}>
                {(wiring) => (
                  <MoneyInput
                    currency={currency}
                    value={values.target}
                    onValue={(target) => change({ target })}
                    disabled={readOnly}
                    {...wiring}
                  />
                )}
              </Field>
            </div>
            <MethodFields
              methods={methods}
              value={values.paymentMethodId}
              backup={values.backupPaymentMethodId}
              onValue={(paymentMethodId) => change({ paymentMethodId })}
              onBackup={(backupPaymentMethodId) => change({ backupPaymentMethodId })}
              backupError={errorOf("backupPaymentMethodId")}
              disabled={readOnly}
            />
            <LimitFields
              currency={currency}
              limits={values.limits}
              onChange={(limits) => change({ limits })}
              errorOf={errorOf}
              disabled={readOnly}
              proposal={
                proposed === null
                  ? null
                  : { shown: formatMoney(proposed, currency, locale), typed: toDecimalString(proposed, currency) }
              }
            />
            {needsConsent(values, saved, currency) && complete ? (
              <ConsentField
                values={values}
                minMinor={minMinor}
                targetMinor={targetMinor}
                currency={currency}
                onConsent={(consent) => change({ consent })}
                error={errorOf("consent")}
              />
            ) : null}
            <ProblemAlert problem={problem} />
            {tried && Object.keys(problems).length > 0 && !problem ? (
              <Alert tone="bad" live title={t("form.check")} />
            ) : null}
            <div>
              <Button type="submit" tone="primary" size="large" busy={busy} disabled={readOnly}>
                {t(values.enabled && !saved.enabled ? "form.turnOn" : "form.save")}
              </Button>
            </div>
          </form>
        </CardBody>
      </Card>
      <div className="lg:sticky lg:top-6 lg:col-span-2">
        <PreviewCard
          currency={currency}
          balanceMinor={balanceMinor}
          pendingMinor={pendingMinor}
          minMinor={minMinor}
          targetMinor={targetMinor}
          feePolicy={feePolicy}
          method={method}
        />
      </div>
    </div>
  );
}
