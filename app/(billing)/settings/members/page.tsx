import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { now } from "@/lib/clock";
import { listInvitations } from "@/lib/tenants/invitations";
import { MEMBER_ROLES, mayManage } from "@/lib/tenants/members";
import { getTenant, listMembers } from "@/lib/tenants/queries";
import { InvitationList } from "./_components/invitation-list";
import { InviteForm } from "./_components/invite-form";
import { MemberRow } from "./_components/member-row";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("members"),
});

export default async function MemberSettings() {
  const scope = await requireScope();
  const isAdmin = hasRole(scope, "admin");
  const [t, tenant, members, invitations] = await Promise.all([
    getTranslations("settings"),
    getTenant(scope),
    listMembers(scope),
    isAdmin ? listInvitations(scope) : [],
  ]);
  const roles = MEMBER_ROLES.filter((role) => mayManage(scope, role));
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      {isAdmin ? (
        <Card aria-labelledby="invite-title">
          <CardHeader id="invite-title" title={t("people.inviteTitle")} />
          <CardBody>
            <InviteForm roles={roles} />
          </CardBody>
        </Card>
      ) : null}
      {invitations.length > 0 ? (
        <Card aria-labelledby="invitations-title">
          <CardHeader id="invitations-title" title={t("people.openInvitations")} />
          <InvitationList invitations={invitations} roles={roles} timeZone={tenant.timeZone} now={now()} />
        </Card>
      ) : null}
      <Card aria-labelledby="members-title">
        <CardHeader id="members-title" title={t("members")} hint={isAdmin ? null : t("people.readOnly")} />
        <ul className="mt-2 divide-y pb-2">
          {members.map((member) => (
            <MemberRow
              key={`${member.userId} ${member.role}`}
              member={member}
              isSelf={member.userId === scope.userId}
              canManage={isAdmin && mayManage(scope, member.role)}
              canHandOver={scope.role === "owner" && member.userId !== scope.userId && member.role !== "owner"}
              roles={roles}
            />
          ))}
        </ul>
      </Card>
    </div>
  );
}
