"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

type Props = { compare: () => Promise<ActionResult<{ found: number; repaired: number }>> };

export function CompareButton({ compare }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const toast = useToast();
  const { run, busy } = useAction(compare);
  const start = async () => {
    const result = await run();
    if (result.ok) toast("good", t("reconciliation.compared", result.value));
    else toast("bad", t(`errors.${result.error.code}.title`));
    router.refresh();
  };
  return (
    <Button tone="primary" busy={busy} onClick={start}>
      <RefreshCw aria-hidden />
      {t("reconciliation.compare")}
    </Button>
  );
}
