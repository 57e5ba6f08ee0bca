import Link from "next/link";
import { useTranslations } from "next-intl";
import { Logo } from "@/components/layout/logo";
import { Button } from "@/components/ui/button";

export default function NotFound() {
  const t = useTranslations("notFound");
  return (
    <main id="main" className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center px-6 py-16">
      <Logo className="mb-10" />
      <h1 className="font-semibold text-3xl tracking-tight">{t("title")}</h1>
      <p className="mt-2 mb-6 text-ink-soft">{t("text")}</p>
      <Button asChild tone="primary">
        <Link href="/">{t("home")}</Link>
      </Button>
    </main>
  );
}
