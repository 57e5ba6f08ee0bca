import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readLink } from "@/lib/auth/links";
import { AuthFrame } from "../../_components/auth-frame";
import { DeadLink } from "../../_components/dead-link";
import { OneButton } from "../../_components/one-button";
import { RequestLinkForm } from "../../_components/request-link-form";
import { TextLink } from "../../_components/text-link";
import { enterByLinkAction } from "../../actions";
import { type LinkQuery, tokenOf } from "../../token-of";

export const dynamic = "force-dynamic";
export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("links"))("signIn.title"),
});

/** Without a link: the form that asks for one. With one: whose it is, and the button that uses it. */
export default async function SignInLinkPage({ searchParams }: { searchParams: LinkQuery }) {
  const [t, token] = await Promise.all([getTranslations("links"), tokenOf(searchParams)]);
  if (!token)
    return (
      <AuthFrame title={t("signIn.title")} hint={t("signIn.hint")}>
        <RequestLinkForm wanted="sign_in" />
        <p className="mt-6 text-sm">
          <TextLink href="/sign-in">{t("backToSignIn")}</TextLink>
        </p>
      </AuthFrame>
    );
  const link = await readLink(token, "sign_in");
  return (
    <AuthFrame title={t("signIn.title")} hint={link ? t("signIn.as", { email: link.email }) : null}>
      {link ? (
        <OneButton label={t("signIn.enter")} action={enterByLinkAction.bind(null, token)} target="/" />
      ) : (
        <DeadLink kind="signIn" />
      )}
    </AuthFrame>
  );
}
