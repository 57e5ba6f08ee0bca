import { useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/forms/confirm-button";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge } from "@/components/ui/badge";
import type { AccountSession } from "@/lib/auth/account";
import { endSessionAction } from "../actions";
import { browserName } from "../browser-name";

export function SessionList({ sessions, timeZone }: { sessions: AccountSession[]; timeZone: string }) {
  const t = useTranslations("settings.me");
  return (
    <ul className="mt-2 divide-y pb-2">
      {sessions.map(({ sessionId, userAgent, createdAt, isThis }) => {
        const { browser, system } = browserName(userAgent);
        const name = t("device", { browser: browser ?? t("unknownBrowser"), system: system ?? t("unknownSystem") });
        return (
          <li key={sessionId} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3.5 sm:px-6">
            <span className="min-w-0 flex-1 basis-40 text-sm">
              <span className="block truncate font-medium">{name}</span>
              <span className="block text-ink-faint">
                {t("since")} <RelativeTime at={createdAt} timeZone={timeZone} />
              </span>
            </span>
            {isThis ? (
              <Badge tone="good">{t("thisBrowser")}</Badge>
            ) : (
              <ConfirmButton
                label={t("end")}
                fullLabel={t("endNamed", { name })}
                title={t("endTitle", { name })}
                text={t("endText")}
                action={endSessionAction.bind(null, sessionId)}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
