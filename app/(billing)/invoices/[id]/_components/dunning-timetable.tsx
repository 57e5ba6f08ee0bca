import { CircleCheck, CircleDashed, CircleX } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { attemptsIn, shownSteps } from "@/lib/dunning/attempts";
import { type DunningCase, SUBSCRIPTION_CANCELED } from "@/lib/dunning/cases";
import type { PaymentRow } from "@/lib/invoices/payment-rows";
import { problemOf } from "@/lib/payment-methods/problems";

const OUTCOMES = ["paid", "declined", "sent", "ended"] as const;

function outcomeKey(outcome: string | null): (typeof OUTCOMES)[number] | "skipped" | "done" {
  if (outcome?.startsWith("skipped")) return "skipped";
  return OUTCOMES.find((known) => known === outcome) ?? "done";
}

/** The timetable of a failed invoice as it is kept, in the zone it was made in. */
export function DunningTimetable({ dunning, payments }: { dunning: DunningCase; payments: PaymentRow[] }) {
  const t = useTranslations("invoices.dunning");
  const problem = useTranslations("notices.problems");
  const format = useFormatter();
  const { timeZone, state, outcome } = dunning;
  const when = (at: Date) => format.dateTime(at, { dateStyle: "full", timeStyle: "short", timeZone });
  const title = state === "active" ? t("title") : t(outcome === SUBSCRIPTION_CANCELED ? outcome : state);
  const steps = shownSteps(dunning, payments);
  const total = attemptsIn(steps);
  return (
    <Card aria-labelledby="dunning-title">
      <CardHeader id="dunning-title" title={title} hint={t("hint", { timeZone })} />
      <CardBody>
        <ol className="flex flex-col gap-4 text-sm">
          {steps.map((step, index) => {
            const key = outcomeKey(step.outcome);
            const tone = !step.doneAt ? "open" : key === "declined" ? "bad" : "good";
            const number = step.attempt ?? 0;
            return (
              <Step
                key={`${step.kind} ${step.dueAt.toISOString()}`}
                tone={tone}
                label={index === 0 ? t("started", { number, total }) : t(`steps.${step.kind}`, { number, total })}
                when={when(step.dueAt)}
                outcome={index > 0 && step.doneAt ? t(`outcomes.${key}`) : undefined}
                reason={step.failure ? problem(problemOf(step.failure)) : undefined}
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

type StepProps = { tone: keyof typeof ICONS; label: string; when: string; outcome?: string; reason?: string };

function Step({ tone, label, when, outcome, reason }: StepProps) {
  const { icon: Icon, colour } = ICONS[tone];
  return (
    <li className="flex gap-3">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${colour}`} />
      <span>
        <span className="block font-medium">{outcome ? `${label} · ${outcome}` : label}</span>
        <span className="block text-ink-faint">{when}</span>
        {reason ? <span className="block text-ink-soft">{reason}</span> : null}
      </span>
    </li>
  );
}
