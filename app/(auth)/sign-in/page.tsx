import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { chooseLocale } from "@/app/actions";
import { SandboxBar } from "@/app/sandbox/sandbox-bar";
import { Logo } from "@/components/layout/logo";
import { PreferenceButton } from "@/components/layout/preference-button";
import { currentSession } from "@/lib/auth/gate";
import { isSandbox } from "@/lib/env";
import { SignInForm } from "./_components/sign-in-form";
import { callbackPath } from "./callback-path";
import { DEMO_SIGN_INS } from "./demo-sign-ins";

export const dynamic = "force-dynamic";
export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("signIn"))("title") });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Props) {
  const [t, query, session] = await Promise.all([getTranslations("signIn"), searchParams, currentSession()]);
  const noTenant = query.error === "no_tenant";
  const target = callbackPath(query.callbackUrl);
  if (session && !noTenant) redirect(target);
  return (
    <>
      <SandboxBar />
      <div className="mx-auto flex min-h-[88dvh] w-full max-w-md flex-col px-4 py-6">
        <header className="flex items-center justify-between">
          <Logo />
          <PreferenceButton chooseLocale={chooseLocale} />
        </header>
        <main id="main" tabIndex={-1} className="my-auto py-10 outline-none">
          <h1 className="font-semibold text-3xl tracking-tight">{t("title")}</h1>
          <p className="mt-2 mb-8 text-ink-soft">{t("hint")}</p>
          <SignInForm target={target} demo={isSandbox() ? DEMO_SIGN_INS : null} notice={noTenant ? "noTenant" : null} />
        </main>
      </div>
    </>
  );
}
