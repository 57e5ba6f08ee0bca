import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Logo } from "@/components/layout/logo";
import { PageHeader } from "@/components/layout/page-header";
import { CycleSwitch } from "@/components/plans/cycle-switch";
import { PlanCard } from "@/components/plans/plan-card";
import { Button } from "@/components/ui/button";
import { currentSession } from "@/lib/auth/gate";
import { env } from "@/lib/env";
import { toCurrency } from "@/lib/money/currency";
import { isSoldIn, offeredPlans } from "@/lib/plans/catalogue";
import { PLAN_NAMES } from "@/lib/plans/types";

export const dynamic = "force-dynamic";

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("plans"))("title") });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What the plans cost, for everybody. */
export default async function PricingPage({ searchParams }: Props) {
  const [t, query, session] = await Promise.all([getTranslations("plans"), searchParams, currentSession()]);
  const cycle = query.cycle === "yearly" ? "yearly" : "monthly";
  const configured = toCurrency(env().CURRENCY);
  const currency = isSoldIn(configured) ? configured : toCurrency("USD");
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-6 pb-16 sm:px-8">
      <header className="mb-10 flex items-center justify-between gap-4">
        <Link href="/" className="rounded-lg">
          <Logo />
        </Link>
        <Button asChild>
          <Link href={session ? "/" : "/sign-in"}>{t(session ? "open" : "signIn")}</Link>
        </Button>
      </header>
      <main id="main" tabIndex={-1} className="outline-none">
        <PageHeader title={t("title")} hint={t("hint")} action={<CycleSwitch cycle={cycle} path="/pricing" />} />
        <h2 className="sr-only">{t("title")}</h2>
        <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
          {offeredPlans().map((plan) => (
            <PlanCard
              key={plan.id}
              plan={plan}
              cycle={cycle}
              currency={currency}
              note={plan.hasTrial ? t("trialNote", { days: env().TRIAL_DAYS }) : null}
              action={
                <Button asChild tone={plan.id === "professional" ? "primary" : "quiet"}>
                  <Link href={session ? `/subscription?cycle=${cycle}` : "/sign-up"}>
                    {t("signUp", { plan: PLAN_NAMES[plan.id] })}
                  </Link>
                </Button>
              }
            />
          ))}
        </div>
        <p className="mt-6 text-ink-faint text-sm">{t("beyondNote")}</p>
      </main>
    </div>
  );
}
