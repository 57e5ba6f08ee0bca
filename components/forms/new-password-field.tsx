"use client";

import { useTranslations } from "next-intl";
import type { Problem } from "./action-result";
import { TextField } from "./text-field";

const PROBLEMS = ["too_short", "too_long", "too_simple"] as const;

type Props = { label: string; value: string; onChange: (value: string) => void; problem: Problem | null };

/** A password that is being chosen, with what the server thinks of it. */
export function NewPasswordField({ label, value, onChange, problem }: Props) {
  const t = useTranslations("passwords");
  const said = problem?.fields.find((field) => field.path === "password")?.message;
  const known = PROBLEMS.find((each) => each === said);
  return (
    <TextField
      label={label}
      hint={t("hint")}
      error={known ? t(`problems.${known}`) : null}
      type="password"
      name="password"
      autoComplete="new-password"
      required
      maxLength={200}
      value={value}
      onChange={onChange}
    />
  );
}
