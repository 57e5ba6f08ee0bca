import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { NOTICE_KINDS } from "@/lib/notifications/kinds";
import { listMuted, NOTICE_GROUPS, type NoticeGroup } from "@/lib/notifications/muting";
import { NoticesForm } from "./_components/notices-form";

const GROUPS: NoticeGroup[] = ["balance", "usage", "subscription", "invoices", "methods", "always"];

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("mails.title"),
});

export default async function NoticeSettings() {
  const scope = await requireScope();
  // Mails go to owners and admins; an operator is neither.
  const getsMails = scope.role === "owner" || scope.role === "admin";
  const [t, muted] = await Promise.all([getTranslations("settings"), getsMails ? listMuted(scope) : null]);
  const groups = GROUPS.map((group): [NoticeGroup, (typeof NOTICE_KINDS)[number][]] => [
    group,
    NOTICE_KINDS.filter((kind) => NOTICE_GROUPS[kind] === group),
  ]);
  return (
    <Card aria-labelledby="notices-title" className="max-w-3xl">
      <CardHeader id="notices-title" title={t("mails.title")} hint={t("mails.hint", { email: scope.user.email })} />
      <CardBody>
        {muted ? (
          <NoticesForm key={scope.tenantId} groups={groups} muted={muted} />
        ) : (
          <Alert tone="info" title={t("mails.adminsOnly")} />
        )}
      </CardBody>
    </Card>
  );
}
