"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { NewPasswordField } from "@/components/forms/new-password-field";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { TextField } from "@/components/forms/text-field";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { acceptAsNewAction } from "../../actions";

/** Signing up on the way into an organisation: the address is known, and proven by the link. */
export function JoinForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations("invitation");
  const [values, setValues] = useState({ name: "", password: "" });
  const { run, busy, problem } = useAction(acceptAsNewAction);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if ((await run(token, values)).ok) window.location.assign("/");
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <ProblemAlert problem={problem} />
      <TextField label={t("email")} type="email" autoComplete="username" readOnly value={email} onChange={() => {}} />
      <TextField
        label={t("name")}
        name="name"
        autoComplete="name"
        required
        maxLength={100}
        value={values.name}
        onChange={(name) => setValues((before) => ({ ...before, name }))}
      />
      <NewPasswordField
        label={t("password")}
        value={values.password}
        onChange={(password) => setValues((before) => ({ ...before, password }))}
        problem={problem}
      />
      <Button type="submit" tone="primary" size="large" busy={busy} className="mt-2">
        {t("join")}
      </Button>
    </form>
  );
}
