"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { NewPasswordField } from "@/components/forms/new-password-field";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { resetPasswordAction } from "../../actions";

export function ResetForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations("links.reset");
  const [password, setPassword] = useState("");
  const { run, busy, problem } = useAction(resetPasswordAction);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if ((await run(token, password)).ok) window.location.assign("/");
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <ProblemAlert problem={problem} />
      {/* Tells password managers whose password it is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <NewPasswordField label={t("password")} value={password} onChange={setPassword} problem={problem} />
      <Button type="submit" tone="primary" size="large" busy={busy} className="mt-2">
        {t("submit")}
      </Button>
    </form>
  );
}
