import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

const TONES = {
  info: { box: "border-keel/30 bg-keel-wash", icon: Info, colour: "text-keel-deep" },
  good: { box: "border-starboard/30 bg-starboard-wash", icon: CircleCheck, colour: "text-starboard" },
  warn: { box: "border-brass/30 bg-brass-wash", icon: TriangleAlert, colour: "text-brass" },
  bad: { box: "border-port/30 bg-port-wash", icon: CircleAlert, colour: "text-port" },
};

type Props = {
  tone: keyof typeof TONES;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  live?: boolean;
  className?: string;
};

/** A notice in the page. `live` announces it to screen readers when it appears. */
export function Alert({ tone, title, children, action, live, className }: Props) {
  const { box, icon: Icon, colour } = TONES[tone];
  return (
    <div
      role={live ? (tone === "bad" ? "alert" : "status") : undefined}
      className={cn("flex flex-wrap items-start gap-x-4 gap-y-3 rounded-xl border px-4 py-3.5", box, className)}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-5 shrink-0", colour)} />
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium text-ink">{title}</p>
        {children ? <div className="mt-0.5 text-ink-soft text-sm">{children}</div> : null}
      </div>
      {action ? <div className="flex shrink-0 flex-wrap gap-2 self-center">{action}</div> : null}
    </div>
  );
}
