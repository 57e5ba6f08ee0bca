"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import type { ActionResult } from "./action-result";
import { ProblemAlert } from "./problem-alert";
import { useAction } from "./use-action";

type Props = {
  label: string;
  /** What is meant, for those who hear the button without its row. */
  fullLabel: string;
  title: string;
  text: string;
  tone?: ComponentProps<typeof Button>["tone"];
  size?: ComponentProps<typeof Button>["size"];
  action: () => Promise<ActionResult>;
  /** Where to go afterwards, with a whole load; without it the page is refreshed. */
  then?: string;
};

/** A button that asks before it does something that is not easily undone. */
export function ConfirmButton({
  label,
  fullLabel,
  title,
  text,
  tone = "dangerQuiet",
  size = "small",
  action,
  then,
}: Props) {
  const t = useTranslations("common");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { run, busy, problem } = useAction(action);
  const confirm = async () => {
    const result = await run();
    if (!result.ok) return;
    if (then) return window.location.assign(then);
    setOpen(false);
    router.refresh();
  };
  const trigger = (
    <Button size={size} tone={tone} aria-label={fullLabel}>
      {label}
    </Button>
  );
  return (
    <Dialog open={open} onOpenChange={setOpen} trigger={trigger} title={title} description={text}>
      <ProblemAlert problem={problem} />
      <DialogFooter>
        <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
        <Button tone={tone === "dangerQuiet" ? "danger" : "primary"} busy={busy} onClick={confirm}>
          {label}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
