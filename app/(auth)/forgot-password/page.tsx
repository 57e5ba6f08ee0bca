import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthFrame } from "../_components/auth-frame";
import { RequestLinkForm } from "../_components/request-link-form";
import { TextLink } from "../_components/text-link";

export const dynamic = "force-dynamic";
export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("links"))("forgot.title"),
});

export default async function ForgotPasswordPage() {
  const t = await getTranslations("links");
  return (
    <AuthFrame title={t("forgot.title")} hint={t("forgot.hint")}>
      <RequestLinkForm wanted="reset_password" />
      <p className="mt-6 text-sm">
        <TextLink href="/sign-in">{t("backToSignIn")}</TextLink>
      </p>
    </AuthFrame>
  );
}
