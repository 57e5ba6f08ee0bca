import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { type Locale, localeFrom } from "@/components/layout/locales";
import { currentSession } from "@/lib/auth/gate";
import { now } from "@/lib/clock";
import type { en } from "@/messages/en";
import { readable } from "@/messages/readable";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof en;
  }
}

/** The language of a request: what was chosen in this browser, else the signed-in person's, else what the browser asks for. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const chosen = jar.get("evenkeel_locale")?.value ?? (await ownLocale());
  const locale = localeFrom(chosen, head.get("accept-language"));
  const messages: typeof en =
    locale === "zh-CN" ? (await import("@/messages/zh-CN")).zhCN : (await import("@/messages/en")).en;
  // The clock may be moved; what is shown as "2 hours ago" has to move with it.
  return { locale, messages: readable(messages), now: now(), timeZone: "UTC" };
});

/** An error page is worded as well when the session cannot be read. */
const ownLocale = async (): Promise<string | undefined> => (await currentSession().catch(() => null))?.user.locale;
