"use client";

import { useTranslations } from "next-intl";
import { NewPasswordField } from "@/components/forms/new-password-field";
import { TextField } from "@/components/forms/text-field";
import { SaveBar } from "../../_components/save-bar";
import { useSavedForm } from "../../_components/use-saved-form";
import { changePasswordAction } from "../actions";

export function PasswordForm({ hasPassword, email }: { hasPassword: boolean; email: string }) {
  const t = useTranslations("settings.me");
  const { values, set, submit, busy, problem, saved } = useSavedForm(
    { current: "", password: "" },
    changePasswordAction,
  );
  const isWrong = problem?.fields.some((field) => field.path === "current");
  return (
    <form onSubmit={submit} className="flex flex-col gap-5">
      {/* Tells password managers whose password it is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <div className="grid gap-5 sm:grid-cols-2">
        {hasPassword ? (
          <TextField
            label={t("currentPassword")}
            error={isWrong ? t("wrongPassword") : null}
            type="password"
            autoComplete="current-password"
            required
            value={values.current}
            onChange={(current) => set({ current })}
          />
        ) : null}
        <NewPasswordField
          label={t("newPassword")}
          value={values.password}
          onChange={(password) => set({ password })}
          problem={problem}
        />
      </div>
      <SaveBar busy={busy} problem={problem} saved={saved} />
    </form>
  );
}
