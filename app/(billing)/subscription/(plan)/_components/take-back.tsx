"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

type Props = { takeBack: (requestKey: string) => Promise<ActionResult>; label: string; done: string };

/** Takes back what was decided and has not come. */
export function TakeBack({ takeBack, label, done }: Props) {
  const t = useTranslations("errors");
  const router = useRouter();
  const toast = useToast();
  const { run, busy } = useAction(takeBack);
  const go = async () => {
    const result = await run(newRequestKey());
    if (result.ok) toast("good", done);
    else toast("bad", `${t(`${result.error.code}.title`)}. ${t(`${result.error.code}.wayOut`)}`);
    router.refresh();
  };
  return (
    <Button size="small" tone="primary" busy={busy} onClick={go}>
      {label}
    </Button>
  );
}
