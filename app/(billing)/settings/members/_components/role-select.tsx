"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useAction } from "@/components/forms/use-action";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { Role } from "@/db/schema/tenants";
import { changeRoleAction } from "../actions";

type Props = { userId: string; name: string; role: Role; roles: readonly Role[] };

/** A member's role, changed by choosing another. */
export function RoleSelect({ userId, name, role, roles }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const toast = useToast();
  const { run, busy } = useAction(changeRoleAction);
  const choose = async (chosen: string) => {
    const result = await run(userId, chosen);
    if (result.ok) toast("good", t("settings.people.roleChanged", { name }));
    else toast("bad", t(`errors.${result.error.code}.title`));
    router.refresh();
  };
  return (
    <Select
      aria-label={t("settings.people.roleOf", { name })}
      className="w-32"
      disabled={busy}
      value={role}
      onChange={(event) => choose(event.target.value)}
    >
      {roles.map((each) => (
        <option key={each} value={each}>
          {t(`settings.roles.${each}`)}
        </option>
      ))}
    </Select>
  );
}
