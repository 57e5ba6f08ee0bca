"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ComponentProps, type FormEvent, type ReactElement, useState } from "react";
import type { ActionResult } from "@/components/forms/action-result";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { TextField } from "@/components/forms/text-field";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";

type Props = {
  trigger: ReactElement<ComponentProps<"button">>;
  title: string;
  text: string;
  label: string;
  confirm: string;
  done: string;
  required: boolean;
  act: (note: string) => Promise<ActionResult>;
};

/** Something that an operator does and says why. */
export function NoteDialog({ trigger, title, text, label, confirm, done, required, act }: Props) {
  const t = useTranslations("common");
  const router = useRouter();
  const toast = useToast();
  const { run, busy, problem, clear } = useAction(act);
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const change = (next: boolean) => {
    setOpen(next);
    setNote("");
    clear();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await run(note);
    if (!result.ok) return;
    change(false);
    toast("good", done);
    router.refresh();
  };
  return (
    <Dialog open={open} onOpenChange={change} trigger={trigger} title={title} description={text}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <TextField label={label} value={note} onChange={setNote} maxLength={500} />
        <ProblemAlert problem={problem} />
        <DialogFooter>
          <Button onClick={() => change(false)}>{t("cancel")}</Button>
          <Button type="submit" tone="primary" busy={busy} disabled={required && note.trim() === ""}>
            {confirm}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
