import type { ReactNode } from "react";

type Props = { title: ReactNode; hint?: ReactNode; action?: ReactNode };

export const PageHeader = ({ title, hint, action }: Props) => (
  <div className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3 lg:mb-8">
    <div className="min-w-0">
      <h1 className="font-semibold text-2xl text-ink tracking-tight sm:text-[1.75rem]">{title}</h1>
      {hint ? <p className="mt-1 max-w-2xl text-ink-soft">{hint}</p> : null}
    </div>
    {action ? <div className="flex flex-wrap gap-2">{action}</div> : null}
  </div>
);
