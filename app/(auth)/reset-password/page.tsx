import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readLink } from "@/lib/auth/links";
import { AuthFrame } from "../_components/auth-frame";
import { DeadLink } from "../_components/dead-link";
import { type LinkQuery, tokenOf } from "../token-of";
import { ResetForm } from "./_components/reset-form";

export const dynamic = "force-dynamic";
export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("links"))("reset.title"),
});

export default async function ResetPasswordPage({ searchParams }: { searchParams: LinkQuery }) {
  const [t, token] = await Promise.all([getTranslations("links"), tokenOf(searchParams)]);
  const link = await readLink(token, "reset_password");
  return (
    <AuthFrame title={t("reset.title")} hint={link ? t("reset.hint", { email: link.email }) : null}>
      {link ? <ResetForm token={token} email={link.email} /> : <DeadLink kind="reset" />}
    </AuthFrame>
  );
}
