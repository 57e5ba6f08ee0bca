"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

type Props = {
  tenantId: string;
  name: string;
  stopped: boolean;
  stopTenant: (tenantId: string, stopped: boolean) => Promise<ActionResult>;
};

export function StopButton({ tenantId, name, stopped, stopTenant }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const toast = useToast();
  const { run, busy } = useAction(stopTenant);
  const toggle = async () => {
    const result = await run(tenantId, !stopped);
    if (!result.ok) toast("bad", t(`errors.${result.error.code}.title`));
    else toast("good", t(stopped ? "operator.released" : "operator.stopped", { name }));
    router.refresh();
  };
  return (
    <Button
      size="small"
      tone={stopped ? "primary" : "dangerQuiet"}
      busy={busy}
      onClick={toggle}
      aria-label={t(stopped ? "operator.releaseNamed" : "operator.stopNamed", { name })}
    >
      {t(stopped ? "operator.release" : "operator.stop")}
    </Button>
  );
}
