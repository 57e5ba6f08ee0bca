import { useLocale, useNow, useTranslations } from "next-intl";

/** In whose time the times of a page are, by its name in the reader's language. */
export function ZoneNote({ timeZone }: { timeZone: string }) {
  const t = useTranslations("common");
  const parts = new Intl.DateTimeFormat(useLocale(), { timeZone, timeZoneName: "long" }).formatToParts(useNow());
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
  return <p className="mt-8 text-ink-faint text-xs">{t("times", { name, zone: timeZone })}</p>;
}
