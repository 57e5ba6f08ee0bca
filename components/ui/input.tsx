"use client";

import type { ComponentPropsWithoutRef, ReactNode } from "react";
import { cn } from "./class-names";
import { controlStyle } from "./control-style";
import { useTypedEarly } from "./use-typed-early";

type Props = ComponentPropsWithoutRef<"input"> & { prefix?: string; unit?: ReactNode };

/** A text field, with a sign before (`$`) or a unit behind (`minutes`) where there is one. */
export function Input({ className, prefix, unit, ...props }: Props) {
  const ref = useTypedEarly(props);
  const field = (
    <input
      ref={ref}
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
