"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { NewPasswordField } from "@/components/forms/new-password-field";
import { ProblemAlert } from "@/components/forms/problem-alert";
import type { Option } from "@/components/forms/select-field";
import { TextField } from "@/components/forms/text-field";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { browserTimeZone, OrganisationFields } from "../../_components/organisation-fields";
import { signUpAction } from "../../actions";

export function SignUpForm({ currencies, currency }: { currencies: readonly Option[]; currency: string }) {
  const t = useTranslations("signUp");
  const [person, setPerson] = useState({ name: "", email: "", password: "" });
  const [organisation, setOrganisation] = useState({ name: "", currency });
  const { run, busy, problem } = useAction(signUpAction);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await run({ ...person, organisation: { ...organisation, timeZone: browserTimeZone() } });
    if (result.ok) window.location.assign("/");
  };
  const set = (field: keyof typeof person) => (value: string) => setPerson((before) => ({ ...before, [field]: value }));
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t("name")}
        name="name"
        autoComplete="name"
        required
        maxLength={100}
        value={person.name}
        onChange={set("name")}
      />
      <TextField
        label={t("email")}
        type="email"
        name="email"
        autoComplete="username"
        required
        maxLength={200}
        value={person.email}
        onChange={set("email")}
      />
      <NewPasswordField label={t("password")} value={person.password} onChange={set("password")} problem={problem} />
      <OrganisationFields values={organisation} currencies={currencies} onChange={setOrganisation} />
      <ProblemAlert problem={problem} />
      <Button type="submit" tone="primary" size="large" busy={busy} className="mt-2">
        {t("submit")}
      </Button>
    </form>
  );
}
