import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { requireSession } from "@/lib/auth/gate";
import { env } from "@/lib/env";
import { tenantsOf } from "@/lib/tenants/queries";
import { AuthFrame } from "../../_components/auth-frame";
import { SignOutLink } from "../../_components/sign-out-link";
import { TextLink } from "../../_components/text-link";
import { currencyOptions } from "../../currency-options";
import { OrganisationForm } from "./_components/organisation-form";

export const dynamic = "force-dynamic";
export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("newOrganisation"))("title"),
});

export default async function NewOrganisationPage() {
  const { user } = await requireSession();
  const [t, locale, own] = await Promise.all([getTranslations("newOrganisation"), getLocale(), tenantsOf(user.userId)]);
  return (
    <AuthFrame title={t("title")} hint={own.length > 0 ? t("hint") : t("hintFirst", { email: user.email })}>
      <OrganisationForm currencies={currencyOptions(locale)} currency={env().CURRENCY} />
      <p className="mt-6 text-ink-soft text-sm">
        {own.length > 0 ? (
          <TextLink href="/">{t("back")}</TextLink>
        ) : (
          <SignOutLink label={t("signOut")} target="/sign-in" />
        )}
      </p>
    </AuthFrame>
  );
}
