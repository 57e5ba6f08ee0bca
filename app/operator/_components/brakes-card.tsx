"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Switch } from "@/components/ui/switch";

const BRAKES = ["stopAll", "dryRun"] as const;
export type Brake = (typeof BRAKES)[number];
type Props = { brakes: Record<Brake, boolean>; setBrake: (brake: Brake, on: boolean) => Promise<ActionResult> };

/** Stops for every tenant at once. */
export function BrakesCard({ brakes, setBrake }: Props) {
  const t = useTranslations("operator.brakes");
  const id = useId();
  const router = useRouter();
  const { run, busy, problem } = useAction(setBrake);
  const turn = async (brake: Brake, on: boolean) => {
    await run(brake, on);
    router.refresh();
  };
  return (
    <Card aria-labelledby={`${id}-title`}>
      <CardHeader id={`${id}-title`} title={t("title")} hint={t("hint")} />
      <CardBody className="flex flex-col gap-4">
        {brakes.stopAll ? (
          <Alert tone="bad" title={t("stopAll.active")} />
        ) : brakes.dryRun ? (
          <Alert tone="warn" title={t("dryRun.active")} />
        ) : null}
        <ProblemAlert problem={problem} />
        <div className="grid gap-4 md:grid-cols-2">
          {BRAKES.map((brake) => (
            <div key={brake} className="flex items-center justify-between gap-4 rounded-xl border bg-sunken/50 p-4">
              <div>
                <label htmlFor={`${id}-${brake}`} className="font-medium">
                  {t(`${brake}.label`)}
                </label>
                <p id={`${id}-${brake}-hint`} className="text-ink-faint text-sm">
                  {t(`${brake}.hint`)}
                </p>
              </div>
              <Switch
                id={`${id}-${brake}`}
                aria-describedby={`${id}-${brake}-hint`}
                checked={brakes[brake]}
                disabled={busy}
                onCheckedChange={(on) => turn(brake, on)}
              />
            </div>
          ))}
        </div>
      </CardBody>
    </Card>
  );
}
