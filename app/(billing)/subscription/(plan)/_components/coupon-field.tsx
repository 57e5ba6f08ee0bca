"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Problem } from "@/components/forms/action-result";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = { applied: string; busy: boolean; problem: Problem | null; apply: (code: string) => Promise<void> };

/** A code is tried at once, so that the price that is confirmed has it taken off. */
export function CouponField({ applied, busy, problem, apply }: Props) {
  const t = useTranslations("subscription.change");
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim()) void apply(typed.trim());
  };
  if (applied)
    return (
      <p className="flex flex-wrap items-center justify-between gap-2 rounded-lg bg-starboard-wash px-3 py-2 text-sm">
        {t("applied", { code: applied })}
        <Button size="small" tone="plain" busy={busy} onClick={() => apply("")}>
          {t("remove")}
        </Button>
      </p>
    );
  return (
    <Disclosure summary={t("coupon")} open={problem?.code === "discount_unknown"}>
      <form onSubmit={submit} className="mt-3">
        <Field label={t("coupon")} error={problem?.code === "discount_unknown" ? t("couponUnknown") : null}>
          {(wiring) => (
            <div className="flex gap-2">
              <Input
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                maxLength={100}
                autoComplete="off"
                spellCheck={false}
                {...wiring}
              />
              <Button type="submit" busy={busy}>
                {t("apply")}
              </Button>
            </div>
          )}
        </Field>
      </form>
    </Disclosure>
  );
}
