import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

export const controlStyle =
  "weak:w-full min-w-0 rounded-lg border border-line-strong bg-surface text-ink transition-colors placeholder:text-ink-faint aria-invalid:border-port disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint";

type Props = ComponentProps<"input"> & { prefix?: string; unit?: ReactNode };

/** A text field, with a sign before (`$`) or a unit behind (`minutes`) where there is one. */
export function Input({ className, prefix, unit, ...props }: Props) {
  const field = (
    <input
      className={cn(
        controlStyle,
        "weak:min-h-10 px-3 weak:py-2 weak:text-base sm:text-[0.9375rem]",
        prefix && "pl-9",
        unit && "pr-24",
        className,
      )}
      {...props}
    />
  );
  if (!prefix && !unit) return field;
  return (
    <div className="relative">
      {prefix ? (
        <span
          aria-hidden
          className="pointer-events-none absolute inset-y-0 left-0 grid w-9 place-items-center text-ink-faint"
        >
          {prefix}
        </span>
      ) : null}
      {field}
      {unit ? (
        <span
          aria-hidden
          className="pointer-events-none absolute inset-y-0 right-3 grid place-items-center text-ink-faint text-sm"
        >
          {unit}
        </span>
      ) : null}
    </div>
  );
}
