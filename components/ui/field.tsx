"use client";

import { type ReactNode, useId } from "react";
import { cn } from "./class-names";

type Wiring = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };
type Props = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  className?: string;
  children: (wiring: Wiring) => ReactNode;
};

/** A label, its control, and below it the hint or what is wrong, tied together for assistive technology. */
export function Field({ label, hint, error, className, children }: Props) {
  const id = useId();
  const described = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="font-medium text-ink text-sm">
        {label}
      </label>
      {children({ id, "aria-describedby": described, "aria-invalid": error ? true : undefined })}
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-port text-sm">
          {error}
        </p>
      ) : hint ? (
        <p id={`${id}-hint`} className="text-ink-faint text-sm">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
