import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import type { NoticeContent } from "./kinds";
import { type Locale, type Translate, translator } from "./translator";

export type Notice = NoticeContent & { notificationId: string; createdAt: Date };

/** Whom a notice is written for: language, the tenant's money and time, and what its payment methods are called. */
export type Reader = {
  locale: Locale;
  tenantName: string;
  currency: Currency;
  timeZone: string;
  methodNames: ReadonlyMap<string, string>;
};

/** Formats for one reader. */
export type Words = {
  t: Translate;
  money: (amountMinor: number) => string;
  /** @param at an instant, ISO 8601 UTC or a Date; shown in the tenant's time zone */
  time: (at: string | Date) => string;
  method: (paymentMethodId: string | null) => string;
  number: (value: number) => string;
};

export function wordsFor(reader: Reader): Words {
  const t = translator(reader.locale);
  const format = new Intl.DateTimeFormat(reader.locale, {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZone: reader.timeZone,
    timeZoneName: "short",
  });
  return {
    t,
    money: (amountMinor) => formatMoney(toMinor(amountMinor), reader.currency, reader.locale),
    time: (at) => format.format(typeof at === "string" ? new Date(at) : at),
    number: (value) => value.toLocaleString(reader.locale),
    method: (paymentMethodId) => reader.methodNames.get(paymentMethodId ?? "") ?? t("notices.unknownMethod"),
  };
}
