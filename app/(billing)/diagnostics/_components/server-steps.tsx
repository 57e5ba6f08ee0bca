import { useFormatter, useTranslations } from "next-intl";
import type { Step } from "@/lib/diagnostics/step";
import { StepRow } from "./step-row";

export function ServerSteps({ steps, timeZone }: { steps: Step[]; timeZone: string }) {
  const t = useTranslations("diagnostics");
  const format = useFormatter();
  return (
    <ul className="mt-2 divide-y pb-2">
      {steps.map((step) => {
        const at = step.at ? format.dateTime(step.at, { dateStyle: "medium", timeStyle: "short", timeZone }) : "";
        return (
          <StepRow
            key={step.name}
            state={step.state}
            title={t(`steps.${step.name}`)}
            detail={t(`details.${step.detail}`, { ...step.values, at })}
            error={step.error}
          />
        );
      })}
    </ul>
  );
}
