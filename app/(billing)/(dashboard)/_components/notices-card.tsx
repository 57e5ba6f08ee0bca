import { BellOff } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/time/relative-time";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { ShownNotice } from "@/lib/notifications/queries";
import { markNoticeRead } from "../actions";
import { DismissNotice } from "./dismiss-notice";

type Props = { notices: ShownNotice[]; timeZone: string };

/** The unread notices: what was mailed, for those who are here. */
export function NoticesCard({ notices, timeZone }: Props) {
  const t = useTranslations("dashboard.notices");
  return (
    <Card aria-labelledby="notices-title">
      <CardHeader id="notices-title" title={t("title")} />
      {notices.length === 0 ? (
        <EmptyState icon={BellOff} title={t("empty")} />
      ) : (
        <ul className="mt-2 divide-y pb-2">
          {notices.map(({ notificationId, title, body, href, createdAt }) => (
            <li key={notificationId} className="flex items-start gap-2 py-3 pr-3 pl-5 sm:pl-6">
              <div className="min-w-0 flex-1 text-sm">
                <Link href={href} className="font-medium underline-offset-4 hover:underline">
                  {title}
                </Link>
                <p className="text-ink-soft">{body}</p>
                <RelativeTime at={createdAt} timeZone={timeZone} className="text-ink-faint text-xs" />
              </div>
              <DismissNotice notificationId={notificationId} markRead={markNoticeRead} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
