"use client";

import { useTranslations } from "next-intl";
import { MoneyInput } from "@/components/money/money-input";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Currency } from "@/lib/money/currency";
import { COUNT_LIMITS, type LimitField, MONEY_LIMITS, type RuleValues } from "./rule-values";

type Props = {
  currency: Currency;
  limits: RuleValues["limits"];
  onChange: (limits: RuleValues["limits"]) => void;
  errorOf: (field: LimitField) => string | null;
  disabled: boolean;
  /** Four refills, in words and as it would be typed; null while minimum or target are missing. */
  proposal: { shown: string; typed: string } | null;
};

/** What recharging may never pass, whatever happens. */
export function LimitFields({ currency, limits, onChange, errorOf, disabled, proposal }: Props) {
  const t = useTranslations("recharge.limits");
  const set = (field: LimitField) => (typed: string) => onChange({ ...limits, [field]: typed });
  const hasError = [...MONEY_LIMITS, ...COUNT_LIMITS].some((field) => errorOf(field));
  return (
    <Disclosure
      summary={t("title")}
      className="rounded-xl border bg-sunken/50 p-4"
      {...(hasError ? { open: true } : {})}
    >
      <p className="mt-2 text-ink-faint text-sm">{t("hint")}</p>
      <div className="mt-4 grid gap-4 sm:grid-cols-2">
        {COUNT_LIMITS.map((field) => (
          <Field key={field} label={t(`${field}.label`)} error={errorOf(field)}>
            {(wiring) => (
              <Input
                inputMode="numeric"
                autoComplete="off"
                value={limits[field]}
                disabled={disabled}
                placeholder={t("none")}
                unit={t(`${field}.unit`)}
                onChange={(event) => set(field)(event.target.value)}
                {...wiring}
              />
            )}
          </Field>
        ))}
        {MONEY_LIMITS.map((field) => (
          <Field key={field} label={t(`${field}.label`)} error={errorOf(field)}>
            {(wiring) => (
              <MoneyInput
                currency={currency}
                value={limits[field]}
                disabled={disabled}
                placeholder={t("none")}
                onValue={set(field)}
                {...wiring}
              />
            )}
          </Field>
        ))}
      </div>
      {proposal && limits.maxPerMonth === "" && !disabled ? (
        <p className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-ink-soft text-sm">
          {t("proposal", { amount: proposal.shown })}
          <Button size="small" onClick={() => set("maxPerMonth")(proposal.typed)}>
            {t("useProposal")}
          </Button>
        </p>
      ) : null}
    </Disclosure>
  );
}
