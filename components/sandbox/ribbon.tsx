import { FlaskConical, Mail } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { SandboxControls } from "./controls";

type Props = {
  time: string;
  mailUrl: string | undefined;
  moveClock: ((by: string) => Promise<ActionResult>) | undefined;
  spend: ((typed: string) => Promise<ActionResult>) | undefined;
};

/** Says that this is a rehearsal, and holds what only a rehearsal has: time to move, usage to make, the mailbox. */
export function SandboxRibbon({ time, mailUrl, moveClock, spend }: Props) {
  const t = useTranslations("sandbox");
  return (
    <aside aria-label={t("label")} className="border-brass/30 border-b bg-brass-wash text-ink">
      <details className="group mx-auto max-w-[88rem] px-4 text-sm">
        <summary className="flex min-h-10 items-center gap-2.5 py-1.5">
          <FlaskConical aria-hidden className="size-4 shrink-0 text-brass" />
          <span className="flex min-w-0 flex-wrap gap-x-2.5">
            <span className="font-medium">{t("title")}</span>
            <span className="text-ink-soft tabular-nums">{t("time", { time })}</span>
          </span>
          <span className="ml-auto shrink-0 rounded-md px-2 py-0.5 font-medium text-brass underline-offset-4 group-hover:underline">
            <span className="group-open:hidden">{t("show")}</span>
            <span className="hidden group-open:inline">{t("hide")}</span>
          </span>
        </summary>
        <div className="flex flex-wrap items-end gap-x-8 gap-y-4 pt-1 pb-4">
          <SandboxControls moveClock={moveClock} spend={spend} />
          {mailUrl ? (
            <a
              href={mailUrl}
              target="_blank"
              rel="noreferrer"
              className="inline-flex min-h-8 items-center gap-2 rounded-lg border border-line bg-surface px-3 py-1 font-medium text-[0.8125rem] hover:border-line-strong"
            >
              <Mail aria-hidden className="size-4" />
              {t("mailbox")}
            </a>
          ) : null}
        </div>
      </details>
    </aside>
  );
}
