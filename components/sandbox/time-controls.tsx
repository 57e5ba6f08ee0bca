"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";

const STEPS = ["1h", "1d", "1w"] as const;
const UNITS = ["m", "h", "d", "w"] as const;

/** Moves the clock of app, jobs and stand-ins together; what falls due on the way is done on the way. */
export function TimeControls({ moveClock }: { moveClock: (by: string) => Promise<ActionResult> }) {
  const t = useTranslations();
  const router = useRouter();
  const toast = useToast();
  const { run, busy } = useAction(moveClock);
  const [count, setCount] = useState("5");
  const [unit, setUnit] = useState<string>("m");
  const move = async (by: string) => {
    const result = await run(by);
    toast(result.ok ? "good" : "bad", result.ok ? t("sandbox.moved") : t(`errors.${result.error.code}.title`));
    router.refresh();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void move(`${count}${unit}`);
  };
  return (
    <fieldset className="flex flex-wrap items-center gap-2" disabled={busy}>
      <legend className="mb-1.5 font-medium text-ink-soft text-xs">{t("sandbox.moveTime")}</legend>
      {STEPS.map((step) => (
        <Button key={step} size="small" disabled={busy} onClick={() => move(step)}>
          {t(`sandbox.steps.${step}`)}
        </Button>
      ))}
      <form onSubmit={submit} className="flex items-center gap-2">
        <Input
          aria-label={t("sandbox.customCount")}
          value={count}
          onChange={(e) => setCount(e.target.value.replace(/\D/g, ""))}
          inputMode="numeric"
          required
          maxLength={4}
          className="min-h-8 w-16 py-1 text-sm"
        />
        <Select
          aria-label={t("sandbox.customUnit")}
          value={unit}
          onChange={(e) => setUnit(e.target.value)}
          className="min-h-8 w-28 py-1 text-sm"
        >
          {UNITS.map((value) => (
            <option key={value} value={value}>
              {t(`sandbox.units.${value}`)}
            </option>
          ))}
        </Select>
        <Button size="small" type="submit" busy={busy}>
          {t("sandbox.move")}
        </Button>
      </form>
    </fieldset>
  );
}
