"use client";

import type { ComponentProps, ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = Omit<ComponentProps<typeof Input>, "onChange" | "value" | "prefix"> & {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  value: string;
  onChange: (value: string) => void;
  fieldClassName?: string;
};

/** A labelled line of text. */
export function TextField({ label, hint, error, value, onChange, fieldClassName, ...input }: Props) {
  return (
    <Field label={label} hint={hint} error={error} className={fieldClassName}>
      {(wiring) => <Input value={value} onChange={(event) => onChange(event.target.value)} {...input} {...wiring} />}
    </Field>
  );
}
