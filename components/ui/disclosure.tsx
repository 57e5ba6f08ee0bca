import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

type Props = { summary: ReactNode; children: ReactNode; className?: string; open?: boolean };

export const Disclosure = ({ summary, children, className, open }: Props) => (
  <details className={cn("group", className)} open={open}>
    <summary className="flex items-center gap-2 rounded-md font-medium text-ink-soft text-sm hover:text-ink">
      <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
      {summary}
    </summary>
    {children}
  </details>
);
