import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { DunningCase } from "@/lib/dunning/cases";

const OUTCOMES = ["paid", "declined", "sent", "ended"] as const;

function outcomeKey(outcome: string | null): (typeof OUTCOMES)[number] | "skipped" | "done" {
  if (outcome?.startsWith("skipped")) return "skipped";
  return OUTCOMES.find((known) => known === outcome) ?? "done";
}

/** The timetable of a failed invoice as it is kept, in the zone it was made in. */
export function DunningTimetable({ dunning }: { dunning: DunningCase }) {
  const t = useTranslations("invoices.dunning");
  const format = useFormatter();
  const { timeZone, state } = dunning;
  const when = (at: Date) => format.dateTime(at, { dateStyle: "full", timeStyle: "short", timeZone });
  const title = state === "active" ? t("title") : t(state);
  return (
    <Card aria-labelledby="dunning-title">
      <CardHeader id="dunning-title" title={title} hint={t("hint", { timeZone })} />
      <CardBody>
        <ol className="flex flex-col gap-4 text-sm">
          <Step tone="bad" label={t("started")} when={when(dunning.startedAt)} />
          {dunning.steps.map((step) => {
            const key = outcomeKey(step.outcome);
            const tone = !step.doneAt ? "open" : key === "declined" ? "bad" : "good";
            return (
              <Step
                key={step.position}
                tone={tone}
                label={t(`steps.${step.kind}`)}
                when={when(step.dueAt)}
                outcome={step.doneAt ? t(`outcomes.${key}`) : undefined}
              />
            );
          })}
        </ol>
        {state === "active" ? (
          <p className="mt-5 rounded-lg bg-keel-wash px-3 py-2 text-sm">
            {t("grace", { date: when(dunning.graceEndsAt) })}
          </p>
        ) : null}
      </CardBody>
    </Card>
  );
}

const ICONS = {
  open: { icon: CircleDashed, colour: "text-ink-faint" },
  good: { icon: CircleCheck, colour: "text-starboard" },
  bad: { icon: CircleX, colour: "text-port" },
};

type StepProps = { tone: keyof typeof ICONS; label: string; when: string; outcome?: string };

function Step({ tone, label, when, outcome }: StepProps) {
  const { icon: Icon, colour } = ICONS[tone];
  return (
    <li className="flex gap-3">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${colour}`} />
      <span>
        <span className="block font-medium">{outcome ? `${label} · ${outcome}` : label}</span>
        <span className="block text-ink-faint">{when}</span>
      </span>
    </li>
  );
}
