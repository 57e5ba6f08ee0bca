import { createTranslator } from "use-intl/core";
import { en } from "@/messages/en";
import { readable } from "@/messages/readable";
import { zhCN } from "@/messages/zh-CN";

export type Locale = "en" | "zh-CN";
type Messages = Pick<typeof en, "emails" | "metrics" | "notices">;

const MESSAGES: Record<Locale, Messages> = { en, "zh-CN": zhCN };

/** Stored locales may be finer than ours (`zh-Hans`, `en-GB`) or of a language we do not speak. */
export function toLocale(locale: string): Locale {
  return locale.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** Texts outside a request: mails and notices. A missing one is an error, not a mail that says `emails.charged.subject`. */
export function translator(locale: Locale) {
  return createTranslator({
    locale,
    messages: readable(MESSAGES[locale]),
    onError: (error) => {
      throw error;
    },
  });
}

export type Translate = ReturnType<typeof translator>;
