"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { SelectField } from "@/components/forms/select-field";
import { TextField } from "@/components/forms/text-field";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { Role } from "@/db/schema/tenants";
import { inviteAction } from "../actions";

export function InviteForm({ roles }: { roles: readonly Role[] }) {
  const t = useTranslations("settings");
  const router = useRouter();
  const toast = useToast();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<string>("member");
  const { run, busy, problem } = useAction(inviteAction);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await run({ email, role });
    // A mail that could not be sent leaves an invitation in the list below, to be sent again.
    router.refresh();
    if (!result.ok) return;
    toast("good", t("people.invited", { email }));
    setEmail("");
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="grid items-end gap-4 sm:grid-cols-[1fr_11rem_auto]">
        <TextField
          label={t("people.email")}
          type="email"
          name="email"
          autoComplete="off"
          required
          maxLength={200}
          value={email}
          onChange={setEmail}
        />
        <SelectField
          label={t("people.role")}
          value={role}
          options={roles.map((value) => ({ value, label: t(`roles.${value}`) }))}
          onChange={setRole}
        />
        <Button type="submit" tone="primary" busy={busy}>
          {t("people.invite")}
        </Button>
      </div>
      <p className="text-ink-faint text-sm">{t("people.rolesHint")}</p>
      <ProblemAlert problem={problem} />
    </form>
  );
}
