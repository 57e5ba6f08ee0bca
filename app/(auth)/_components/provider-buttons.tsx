"use client";

import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { ProviderName } from "@/lib/auth/providers";

type Props = { providers: ProviderName[]; target: string };

/** The ways in through somebody else, as far as they are configured. */
export function ProviderButtons({ providers, target }: Props) {
  const t = useTranslations("signIn.providers");
  const [busy, setBusy] = useState<ProviderName | null>(null);
  const [failed, setFailed] = useState(false);
  if (providers.length === 0) return null;
  const enter = async (provider: ProviderName) => {
    setBusy(provider);
    setFailed(false);
    // The browser leaves for the provider; coming back here at all means that it did not.
    await signIn(provider, { callbackUrl: target }).catch(() => setFailed(true));
    setBusy(null);
  };
  return (
    <div className="mb-6 flex flex-col gap-2">
      {failed ? <Alert tone="bad" live title={t("failed")} /> : null}
      {providers.map((provider) => (
        <Button key={provider} size="large" busy={busy === provider} onClick={() => enter(provider)}>
          {t(provider)}
        </Button>
      ))}
      <p className="mt-4 flex items-center gap-3 text-ink-faint text-sm before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t("or")}
      </p>
    </div>
  );
}
