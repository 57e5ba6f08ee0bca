"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Switch } from "@/components/ui/switch";

type Props = { enabled: boolean; onEnabled: (enabled: boolean) => void; disabled: boolean; hasMethod: boolean };

export function EnabledField({ enabled, onEnabled, disabled, hasMethod }: Props) {
  const t = useTranslations("recharge.form");
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-4 rounded-xl border bg-sunken/50 p-4">
      <div className="min-w-0">
        <label htmlFor={id} className="font-semibold">
          {t("enabled")}
        </label>
        <p id={`${id}-hint`} className="text-ink-faint text-sm">
          {enabled && !hasMethod ? t("enabledWithoutMethod") : t("enabledHint")}
        </p>
      </div>
      <Switch
        id={id}
        checked={enabled}
        onCheckedChange={onEnabled}
        disabled={disabled}
        aria-describedby={`${id}-hint`}
      />
    </div>
  );
}
