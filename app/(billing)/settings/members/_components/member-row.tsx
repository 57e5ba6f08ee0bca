import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/forms/confirm-button";
import { Badge } from "@/components/ui/badge";
import type { Role } from "@/db/schema/tenants";
import type { Member } from "@/lib/tenants/queries";
import { handOverAction, removeMemberAction } from "../actions";
import { RoleSelect } from "./role-select";

type Props = { member: Member; isSelf: boolean; canManage: boolean; canHandOver: boolean; roles: readonly Role[] };

export function MemberRow({ member, isSelf, canManage, canHandOver, roles }: Props) {
  const t = useTranslations("settings");
  const { userId, name, email, role } = member;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-5 py-3.5 sm:px-6">
      <span
        aria-hidden
        className="grid size-9 shrink-0 place-items-center rounded-full bg-keel-wash font-semibold text-keel-deep text-sm"
      >
        {name.slice(0, 1)}
      </span>
      <span className="min-w-0 flex-1 basis-40 text-sm">
        <span className="block truncate font-medium">
          {name} {isSelf ? <span className="font-normal text-ink-faint">{t("people.you")}</span> : null}
        </span>
        <span className="block truncate text-ink-faint">{email}</span>
      </span>
      {canManage ? (
        <RoleSelect userId={userId} name={name} role={role} roles={roles} />
      ) : (
        <Badge>{t(`roles.${role}`)}</Badge>
      )}
      {canHandOver ? (
        <ConfirmButton
          label={t("people.handOver")}
          fullLabel={t("people.handOverTo", { name })}
          title={t("people.handOverTitle", { name })}
          text={t("people.handOverText")}
          tone="quiet"
          action={handOverAction.bind(null, userId)}
        />
      ) : null}
      {isSelf ? (
        <ConfirmButton
          label={t("people.leave")}
          fullLabel={t("people.leave")}
          title={t("people.leaveTitle")}
          text={t("people.leaveText")}
          action={removeMemberAction.bind(null, userId)}
          then="/"
        />
      ) : canManage ? (
        <ConfirmButton
          label={t("people.remove")}
          fullLabel={t("people.removeNamed", { name })}
          title={t("people.removeTitle", { name })}
          text={t("people.removeText")}
          action={removeMemberAction.bind(null, userId)}
        />
      ) : null}
    </li>
  );
}
