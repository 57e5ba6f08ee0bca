"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { TopUp, TopUpTerms } from "./top-up-form";

const load = () => import("./top-up-form");
const TopUpForm = lazy(load);
const prepare = () => void load().catch(() => {});

type Props = { topUp: TopUp; terms: TopUpTerms; tone?: "primary" | "quiet"; disabledReason?: string | null };

/** Charges by hand. What is typed stays for the next opening; the form is fetched with the dialog. */
export function TopUpDialog({ topUp, terms, tone = "primary", disabledReason }: Props) {
  const t = useTranslations("topUp");
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(terms.suggested);
  const trigger = (
    <Button tone={tone} disabled={Boolean(disabledReason)} title={disabledReason ?? undefined}>
      <Plus aria-hidden />
      {t("open")}
    </Button>
  );
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      prepare={prepare}
      title={t("title")}
      description={t("description")}
    >
      <TopUpForm topUp={topUp} terms={terms} typed={typed} onTyped={setTyped} onClose={() => setOpen(false)} />
    </Dialog>
  );
}
