import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type Props = { icon: LucideIcon; title: ReactNode; children?: ReactNode; action?: ReactNode };

/** Says what is missing and what to do next. */
export const EmptyState = ({ icon: Icon, title, children, action }: Props) => (
  <div className="flex flex-col items-center px-6 py-10 text-center">
    <span className="mb-3 grid size-11 place-items-center rounded-full bg-keel-wash text-keel-deep">
      <Icon aria-hidden className="size-5" />
    </span>
    <p className="font-medium text-ink">{title}</p>
    {children ? <p className="mt-1 max-w-md text-ink-faint text-sm">{children}</p> : null}
    {action ? <div className="mt-4">{action}</div> : null}
  </div>
);
