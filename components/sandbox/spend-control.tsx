"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";

/** Makes usage, so that the balance falls. */
export function SpendControl({ spend }: { spend: (typed: string) => Promise<ActionResult> }) {
  const t = useTranslations();
  const router = useRouter();
  const toast = useToast();
  const { run, busy } = useAction(spend);
  const [typed, setTyped] = useState("100");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await run(typed);
    toast(result.ok ? "good" : "bad", result.ok ? t("sandbox.spent") : t(`errors.${result.error.code}.title`));
    router.refresh();
  };
  return (
    <form onSubmit={submit}>
      <fieldset className="flex items-center gap-2">
        <legend className="mb-1.5 font-medium text-ink-soft text-xs">{t("sandbox.spendTitle")}</legend>
        <Input
          aria-label={t("sandbox.spendAmount")}
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          inputMode="decimal"
          required
          maxLength={20}
          className="min-h-8 w-28 py-1 text-sm tabular-nums"
        />
        <Button size="small" type="submit" busy={busy}>
          {t("sandbox.spend")}
        </Button>
      </fieldset>
    </form>
  );
}
