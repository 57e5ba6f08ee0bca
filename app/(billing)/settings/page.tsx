import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { hasRole, SCOPES, TOKEN_ROLES } from "@/lib/auth/roles";
import { listTokens } from "@/lib/auth/tokens";
import { now } from "@/lib/clock";
import { getTenant, listMembers } from "@/lib/tenants/queries";
import { CreateToken } from "./_components/create-token";
import { TokenList } from "./_components/token-list";
import { createTokenAction, revokeTokenAction } from "./actions";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("title"),
});

export default async function SettingsPage() {
  const scope = await requireScope();
  const isAdmin = hasRole(scope, "admin");
  const [t, tenant, members, tokens] = await Promise.all([
    getTranslations("settings"),
    getTenant(scope),
    listMembers(scope),
    isAdmin ? listTokens(scope) : null,
  ]);
  const roles = TOKEN_ROLES.filter((role) => role !== "operator" || hasRole(scope, "operator"));
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="grid items-start gap-5 lg:grid-cols-3">
        <Card aria-labelledby="tenant-title">
          <CardHeader id="tenant-title" title={t("organisation")} />
          <CardBody>
            <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
              <dt className="text-ink-faint">{t("name")}</dt>
              <dd className="text-right">{tenant.name}</dd>
              <dt className="text-ink-faint">{t("currency")}</dt>
              <dd className="text-right">{tenant.currency}</dd>
              <dt className="text-ink-faint">{t("timeZone")}</dt>
              <dd className="text-right">{tenant.timeZone}</dd>
            </dl>
          </CardBody>
        </Card>
        <Card aria-labelledby="members-title" className="lg:col-span-2">
          <CardHeader id="members-title" title={t("members")} />
          <ul className="mt-2 divide-y pb-2">
            {members.map((member) => (
              <li key={member.userId} className="flex items-center gap-3 px-5 py-3 sm:px-6">
                <span
                  aria-hidden
                  className="grid size-9 shrink-0 place-items-center rounded-full bg-keel-wash font-semibold text-keel-deep text-sm"
                >
                  {member.name.slice(0, 1)}
                </span>
                <span className="min-w-0 flex-1 text-sm">
                  <span className="block truncate font-medium">{member.name}</span>
                  <span className="block truncate text-ink-faint">{member.email}</span>
                </span>
                <Badge>{t(`roles.${member.role}`)}</Badge>
              </li>
            ))}
          </ul>
        </Card>
        <Card aria-labelledby="tokens-title" className="lg:col-span-3">
          <CardHeader
            id="tokens-title"
            title={t("tokens.title")}
            hint={
              <>
                {t("tokens.hint")}{" "}
                <Link href="/docs/api" className="text-keel-deep underline underline-offset-4">
                  {t("tokens.docs")}
                </Link>
              </>
            }
            action={tokens ? <CreateToken create={createTokenAction} roles={roles} scopes={SCOPES} /> : undefined}
          />
          {tokens ? (
            <TokenList tokens={tokens.data} revoke={revokeTokenAction} timeZone={tenant.timeZone} now={now()} />
          ) : (
            <CardBody>
              <Alert tone="info" title={t("tokens.adminsOnly")} />
            </CardBody>
          )}
        </Card>
      </div>
    </>
  );
}
