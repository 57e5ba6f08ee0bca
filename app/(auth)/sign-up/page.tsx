import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { currentSession } from "@/lib/auth/gate";
import { availableProviders } from "@/lib/auth/providers";
import { env } from "@/lib/env";
import { AuthFrame } from "../_components/auth-frame";
import { ProviderButtons } from "../_components/provider-buttons";
import { TextLink } from "../_components/text-link";
import { currencyOptions } from "../currency-options";
import { SignUpForm } from "./_components/sign-up-form";

export const dynamic = "force-dynamic";
export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("signUp"))("title") });

export default async function SignUpPage() {
  const [t, locale, session] = await Promise.all([getTranslations("signUp"), getLocale(), currentSession()]);
  if (session) redirect("/organisations/new");
  return (
    <AuthFrame title={t("title")} hint={t("hint")}>
      <ProviderButtons providers={availableProviders()} target="/" />
      <SignUpForm currencies={currencyOptions(locale)} currency={env().CURRENCY} />
      <p className="mt-6 text-ink-soft text-sm">
        {t("hasAccount")} <TextLink href="/sign-in">{t("signIn")}</TextLink>
      </p>
    </AuthFrame>
  );
}
