import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ThemeProvider } from "@/components/layout/theme-provider";
import { ToastProvider } from "@/components/ui/toast";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return {
    title: { default: "Evenkeel", template: "%s · Evenkeel" },
    description: t("tagline"),
    robots: { index: false },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f7f7" },
    { media: "(prefers-color-scheme: dark)", color: "#07151c" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, head, t] = await Promise.all([getLocale(), headers(), getTranslations("common")]);
  return (
    // next-themes sets the class before hydration
    <html lang={locale} suppressHydrationWarning data-request-id={head.get("x-request-id") ?? undefined}>
      <body>
        <a
          href="#main"
          className="sr-only z-50 rounded-lg bg-keel px-4 py-2 text-on-keel focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
        >
          {t("skipToContent")}
        </a>
        <ThemeProvider nonce={head.get("x-nonce") ?? undefined}>
          <NextIntlClientProvider>
            <ToastProvider>{children}</ToastProvider>
          </NextIntlClientProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
