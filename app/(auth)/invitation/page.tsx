import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { currentSession } from "@/lib/auth/gate";
import { availableProviders } from "@/lib/auth/providers";
import { readInvitation } from "@/lib/tenants/accept-invitation";
import { AuthFrame } from "../_components/auth-frame";
import { DeadLink } from "../_components/dead-link";
import { OneButton } from "../_components/one-button";
import { ProviderButtons } from "../_components/provider-buttons";
import { SignOutLink } from "../_components/sign-out-link";
import { acceptInvitationAction } from "../actions";
import { type LinkQuery, tokenOf } from "../token-of";
import { JoinForm } from "./_components/join-form";

export const dynamic = "force-dynamic";
export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("invitation"))("title"),
});

export default async function InvitationPage({ searchParams }: { searchParams: LinkQuery }) {
  const token = await tokenOf(searchParams);
  const [t, invited, session] = await Promise.all([
    getTranslations("invitation"),
    readInvitation(token),
    currentSession(),
  ]);
  if (!invited)
    return (
      <AuthFrame title={t("title")}>
        <DeadLink kind="invitation" />
      </AuthFrame>
    );
  const { organisation, email, inviter, role, hasAccount } = invited;
  const here = `/invitation?token=${encodeURIComponent(token)}`;
  const hint = t(inviter ? "hint" : "hintNobody", { organisation, inviter: inviter ?? "", role: t(`roles.${role}`) });
  if (session?.user.email === email)
    return (
      <AuthFrame title={t("join")} hint={hint}>
        <OneButton label={t("accept")} action={acceptInvitationAction.bind(null, token)} target="/" />
      </AuthFrame>
    );
  if (session)
    return (
      <AuthFrame title={t("join")} hint={hint}>
        <Alert
          tone="warn"
          title={t("otherAccount.title", { email })}
          action={<SignOutLink label={t("otherAccount.switch")} target={here} />}
        >
          {t("otherAccount.text", { email: session.user.email })}
        </Alert>
      </AuthFrame>
    );
  return (
    <AuthFrame title={t("join")} hint={hint}>
      <ProviderButtons providers={availableProviders()} target={here} />
      {hasAccount ? (
        <div className="flex flex-col gap-4">
          <p className="text-ink-soft">{t("signInFirst", { email })}</p>
          <Button asChild tone="primary" size="large">
            <a href={`/sign-in?callbackUrl=${encodeURIComponent(here)}`}>{t("signIn")}</a>
          </Button>
        </div>
      ) : (
        <JoinForm token={token} email={email} />
      )}
    </AuthFrame>
  );
}
