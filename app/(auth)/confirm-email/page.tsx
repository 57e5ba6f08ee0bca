import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentSession } from "@/lib/auth/gate";
import { readLink } from "@/lib/auth/links";
import { AuthFrame } from "../_components/auth-frame";
import { DeadLink } from "../_components/dead-link";
import { OneButton } from "../_components/one-button";
import { SignOutLink } from "../_components/sign-out-link";
import { confirmEmailAction } from "../actions";
import { type LinkQuery, tokenOf } from "../token-of";

export const dynamic = "force-dynamic";
export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("links"))("confirm.title"),
});

/** Only who signed up may confirm: whoever merely owns the address must not prove it for somebody else. */
export default async function ConfirmEmailPage({ searchParams }: { searchParams: LinkQuery }) {
  const token = await tokenOf(searchParams);
  const [t, link, session] = await Promise.all([
    getTranslations("links"),
    readLink(token, "confirm_email"),
    currentSession(),
  ]);
  const back = `/confirm-email?token=${encodeURIComponent(token)}`;
  const signIn = `/sign-in?callbackUrl=${encodeURIComponent(back)}`;
  if (!link)
    return (
      <AuthFrame title={t("confirm.title")}>
        <DeadLink kind="confirm" />
      </AuthFrame>
    );
  const isTheirs = session?.user.userId === link.userId;
  return (
    <AuthFrame
      title={t("confirm.title")}
      hint={isTheirs ? t("confirm.hint", { email: link.email }) : t("confirm.signInFirst", { email: link.email })}
    >
      {isTheirs ? (
        <OneButton label={t("confirm.submit")} action={confirmEmailAction.bind(null, token)} target="/" />
      ) : (
        <SignOutLink label={t("confirm.signIn")} target={signIn} />
      )}
    </AuthFrame>
  );
}
