"use client";

import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { Spinner } from "@/components/ui/spinner";
import { useToast } from "@/components/ui/toast";

type Props = { notificationId: string; markRead: (notificationId: string) => Promise<ActionResult> };

export function DismissNotice({ notificationId, markRead }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const toast = useToast();
  const { run, busy } = useAction(markRead);
  const dismiss = async () => {
    const result = await run(notificationId);
    if (!result.ok) toast("bad", t(`errors.${result.error.code}.title`));
    router.refresh();
  };
  return (
    <button
      type="button"
      onClick={dismiss}
      disabled={busy}
      aria-label={t("dashboard.notices.dismiss")}
      title={t("dashboard.notices.dismiss")}
      className="grid size-9 shrink-0 place-items-center rounded-lg text-ink-faint hover:bg-sunken hover:text-ink"
    >
      {busy ? <Spinner /> : <Check aria-hidden className="size-4" />}
    </button>
  );
}
