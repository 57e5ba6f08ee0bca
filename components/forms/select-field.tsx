"use client";

import type { ComponentProps, ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

export type Option = { value: string; label: string };
type Props = Omit<ComponentProps<"select">, "onChange" | "value" | "children"> & {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
};

/** A labelled choice of one. */
export function SelectField({ label, hint, error, value, options, onChange, ...select }: Props) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(wiring) => (
        <Select value={value} onChange={(event) => onChange(event.target.value)} {...select} {...wiring}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
