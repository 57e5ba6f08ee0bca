import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { hasRole } from "@/lib/auth/roles";
import { now } from "@/lib/clock";
import { isId } from "@/lib/ids";
import { listInvitations } from "@/lib/tenants/invitations";
import { MEMBER_ROLES, mayManage } from "@/lib/tenants/members";
import { getTenant, listMembers } from "@/lib/tenants/queries";
import { InvitationList } from "./_components/invitation-list";
import { InviteForm } from "./_components/invite-form";
import { MemberRow } from "./_components/member-row";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("members"),
});

const PAGE = 50;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function MemberSettings({ searchParams }: Props) {
  const [scope, { after }] = await Promise.all([requireScope(), searchParams]);
  const cursor = typeof after === "string" && isId(after) ? after : null;
  const isAdmin = hasRole(scope, "admin");
  const [t, tenant, members, invitations] = await Promise.all([
    getTranslations("settings"),
    getTenant(scope),
    listMembers(scope, { limit: PAGE, cursor }),
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
          {members.data.map((member) => (
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
        {cursor || members.nextCursor ? (
          <nav aria-label={t("members")} className="flex justify-center gap-3 border-t p-4">
            {cursor ? (
              <Button asChild>
                <Link href="/settings/members">{t("people.first")}</Link>
              </Button>
            ) : null}
            {members.nextCursor ? (
              <Button asChild>
                <Link href={`/settings/members?after=${members.nextCursor}`}>{t("people.next")}</Link>
              </Button>
            ) : null}
          </nav>
        ) : null}
      </Card>
    </div>
  );
}
