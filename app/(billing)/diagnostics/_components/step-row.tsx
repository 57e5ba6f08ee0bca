import { CircleAlert, CircleCheck, LoaderCircle, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export type StepState = "pass" | "warn" | "fail" | "running";

const ICONS = {
  pass: { icon: CircleCheck, colour: "text-starboard" },
  warn: { icon: TriangleAlert, colour: "text-brass" },
  fail: { icon: CircleAlert, colour: "text-port" },
  running: { icon: LoaderCircle, colour: "animate-spin text-ink-faint" },
};

type Props = { state: StepState; title: ReactNode; detail: ReactNode; error?: string };

export function StepRow({ state, title, detail, error }: Props) {
  const t = useTranslations("diagnostics.states");
  const { icon: Icon, colour } = ICONS[state];
  return (
    <li className="flex gap-3 px-5 py-3.5 sm:px-6">
      <Icon aria-hidden className={cn("mt-0.5 size-5 shrink-0", colour)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-sm">
          {title} <span className="sr-only">{t(state)}</span>
        </p>
        <p className="text-ink-soft text-sm">{detail}</p>
        {error ? <p className="mt-1 rounded-md bg-sunken px-2 py-1 font-mono text-ink-soft text-xs">{error}</p> : null}
      </div>
    </li>
  );
}
