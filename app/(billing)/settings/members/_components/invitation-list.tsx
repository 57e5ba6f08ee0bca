import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/forms/confirm-button";
import { DateTime } from "@/components/time/date-time";
import { Badge } from "@/components/ui/badge";
import type { Role } from "@/db/schema/tenants";
import type { Invitation } from "@/lib/tenants/invitations";
import { revokeInvitationAction } from "../actions";
import { ResendButton } from "./resend-button";

type Props = { invitations: Invitation[]; roles: readonly Role[]; timeZone: string; now: Date };

export function InvitationList({ invitations, roles, timeZone, now }: Props) {
  const t = useTranslations("settings");
  return (
    <ul className="mt-2 divide-y pb-2">
      {invitations.map(({ invitationId, email, role, expiresAt }) => (
        <li key={invitationId} className="flex flex-wrap items-center gap-x-4 gap-y-3 px-5 py-3.5 sm:px-6">
          <span className="min-w-0 flex-1 basis-40 text-sm">
            <span className="block truncate font-medium">{email}</span>
            <span className="block text-ink-faint">
              {expiresAt <= now ? t("people.expired") : t("people.expires")}{" "}
              <DateTime at={expiresAt} timeZone={timeZone} style="day" />
            </span>
          </span>
          <Badge tone={expiresAt <= now ? "warn" : "neutral"}>{t(`roles.${role}`)}</Badge>
          {roles.includes(role) ? (
            <>
              <ResendButton invitationId={invitationId} email={email} />
              <ConfirmButton
                label={t("people.revoke")}
                fullLabel={t("people.revokeFor", { email })}
                title={t("people.revokeTitle", { email })}
                text={t("people.revokeText")}
                action={revokeInvitationAction.bind(null, invitationId)}
              />
            </>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
