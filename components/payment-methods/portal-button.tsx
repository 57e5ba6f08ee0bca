"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

export type OpenPortal = () => Promise<ActionResult<{ url: string }>>;
type Props = {
  openPortal: OpenPortal;
  label: string;
  tone?: "primary" | "quiet";
  size?: "small" | "normal";
  disabled?: boolean;
};

/** Goes to Stripe's own page for payment methods, which works where Stripe.js does not. */
export function PortalButton({ openPortal, label, tone = "quiet", size = "normal", disabled }: Props) {
  const t = useTranslations("errors");
  const toast = useToast();
  const { run, busy } = useAction(openPortal);
  const go = async () => {
    const result = await run();
    if (result.ok) window.location.assign(result.value.url);
    else toast("bad", t(`${result.error.code}.title`));
  };
  return (
    <Button tone={tone} size={size} busy={busy} disabled={disabled} onClick={go}>
      {busy ? null : <ExternalLink aria-hidden />}
      {label}
    </Button>
  );
}
