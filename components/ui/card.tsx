import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export const Card = ({ className, ...props }: ComponentProps<"section">) => (
  <section className={cn("min-w-0 rounded-2xl border border-line bg-surface shadow-depth", className)} {...props} />
);

type HeaderProps = { title: ReactNode; id?: string; hint?: ReactNode; action?: ReactNode; className?: string };

export const CardHeader = ({ title, id, hint, action, className }: HeaderProps) => (
  <header className={cn("flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-5 sm:px-6", className)}>
    <div className="min-w-0">
      <h2 id={id} className="font-semibold text-ink">
        {title}
      </h2>
      {hint ? <p className="mt-0.5 text-ink-faint text-sm">{hint}</p> : null}
    </div>
    {action}
  </header>
);

export const CardBody = ({ className, ...props }: ComponentProps<"div">) => (
  <div className={cn("weak:px-5 py-5 sm:weak:px-6", className)} {...props} />
);
