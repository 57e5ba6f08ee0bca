import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ConfirmButton } from "@/components/forms/confirm-button";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { getAccount } from "@/lib/auth/account";
import { requireScope, requireSession } from "@/lib/auth/gate";
import { chosenLocale } from "@/lib/auth/users";
import { getTenant } from "@/lib/tenants/queries";
import { PasswordForm } from "./_components/password-form";
import { ProfileForm } from "./_components/profile-form";
import { SessionList } from "./_components/session-list";
import { endOtherSessionsAction } from "./actions";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("me.title"),
});

export default async function AccountSettings() {
  const [session, scope] = await Promise.all([requireSession(), requireScope()]);
  const [t, account, tenant] = await Promise.all([getTranslations("settings"), getAccount(session), getTenant(scope)]);
  const { user } = session;
  const locale = chosenLocale(user.locale) ?? (await getLocale());
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <Card aria-labelledby="profile-title">
        <CardHeader id="profile-title" title={t("me.title")} hint={user.email} />
        <CardBody>
          <ProfileForm initial={{ name: user.name, locale }} />
        </CardBody>
      </Card>
      <Card aria-labelledby="password-title">
        <CardHeader
          id="password-title"
          title={account.hasPassword ? t("me.changePassword") : t("me.setPassword")}
          hint={t("me.passwordHint")}
          action={account.providers.map((provider) => (
            <Badge key={provider} tone="keel">
              {t("me.linked", { provider: provider === "github" ? "GitHub" : "Google" })}
            </Badge>
          ))}
        />
        <CardBody>
          <PasswordForm hasPassword={account.hasPassword} email={user.email} />
        </CardBody>
      </Card>
      <Card aria-labelledby="sessions-title">
        <CardHeader
          id="sessions-title"
          title={t("me.sessions")}
          hint={t("me.sessionsHint")}
          action={
            account.sessions.length > 1 ? (
              <ConfirmButton
                label={t("me.endOthers")}
                fullLabel={t("me.endOthers")}
                title={t("me.endOthersTitle")}
                text={t("me.endOthersText")}
                action={endOtherSessionsAction}
              />
            ) : undefined
          }
        />
        <SessionList sessions={account.sessions} timeZone={tenant.timeZone} />
      </Card>
    </div>
  );
}
