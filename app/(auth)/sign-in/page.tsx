import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { currentSession } from "@/lib/auth/gate";
import { availableProviders } from "@/lib/auth/providers";
import { isSandbox } from "@/lib/env";
import { AuthFrame } from "../_components/auth-frame";
import { ProviderButtons } from "../_components/provider-buttons";
import { TextLink } from "../_components/text-link";
import { SignInForm } from "./_components/sign-in-form";
import { callbackPath } from "./callback-path";
import { DEMO_SIGN_INS } from "./demo-sign-ins";
import { noticeOf } from "./notice-of";

export const dynamic = "force-dynamic";
export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("signIn"))("title") });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const [t, query, session] = await Promise.all([getTranslations("signIn"), searchParams, currentSession()]);
  const target = callbackPath(query.callbackUrl);
  if (session) redirect(target);
  return (
    <AuthFrame title={t("title")} hint={t("hint")}>
      <ProviderButtons providers={availableProviders()} target={target} />
      <SignInForm target={target} demo={isSandbox() ? DEMO_SIGN_INS : null} notice={noticeOf(query.error)}>
        <p className="mt-5 flex flex-wrap justify-between gap-x-6 gap-y-2 text-sm">
          <TextLink href="/forgot-password">{t("forgot")}</TextLink>
          <TextLink href="/sign-in/link">{t("byLink")}</TextLink>
        </p>
        <p className="mt-5 text-ink-soft text-sm">
          {t("noAccount")} <TextLink href="/sign-up">{t("signUp")}</TextLink>
        </p>
      </SignInForm>
    </AuthFrame>
  );
}
