import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { requireScope } from "@/lib/auth/gate";
import { hasRole, SCOPES, TOKEN_ROLES } from "@/lib/auth/roles";
import { listTokens } from "@/lib/auth/tokens";
import { now } from "@/lib/clock";
import { getTenant } from "@/lib/tenants/queries";
import { CreateToken } from "./_components/create-token";
import { TokenList } from "./_components/token-list";
import { createTokenAction, revokeTokenAction } from "./actions";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("tokens.title"),
});

export default async function TokenSettings() {
  const scope = await requireScope();
  const [t, tenant, tokens] = await Promise.all([
    getTranslations("settings"),
    getTenant(scope),
    hasRole(scope, "admin") ? listTokens(scope) : null,
  ]);
  const roles = TOKEN_ROLES.filter((role) => role !== "operator" || hasRole(scope, "operator"));
  const docs = (
    <>
      {t("tokens.hint")}{" "}
      <Link href="/docs/api" className="text-keel-deep underline underline-offset-4">
        {t("tokens.docs")}
      </Link>
    </>
  );
  return (
    <Card aria-labelledby="tokens-title">
      <CardHeader
        id="tokens-title"
        title={t("tokens.title")}
        hint={docs}
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
  );
}
