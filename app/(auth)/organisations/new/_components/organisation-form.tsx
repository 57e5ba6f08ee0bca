"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ProblemAlert } from "@/components/forms/problem-alert";
import type { Option } from "@/components/forms/select-field";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { browserTimeZone, OrganisationFields } from "../../../_components/organisation-fields";
import { addOrganisationAction } from "../../../actions";

export function OrganisationForm({ currencies, currency }: { currencies: readonly Option[]; currency: string }) {
  const t = useTranslations("newOrganisation");
  const [values, setValues] = useState({ name: "", currency });
  const { run, busy, problem } = useAction(addOrganisationAction);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if ((await run({ ...values, timeZone: browserTimeZone() })).ok) window.location.assign("/");
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <ProblemAlert problem={problem} />
      <OrganisationFields values={values} currencies={currencies} onChange={setValues} />
      <Button type="submit" tone="primary" size="large" busy={busy} className="mt-2">
        {t("submit")}
      </Button>
    </form>
  );
}
