"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

type Props = { error: Error & { digest?: string }; retry: () => void };

/** Something broke: what to do, and the number under which it is found in the log. */
export function Failure({ error, retry }: Props) {
  const t = useTranslations("failure");
  const [requestId, setRequestId] = useState<string | null>(null);
  useEffect(() => setRequestId(document.documentElement.dataset.requestId ?? null), []);
  const reference = [error.digest, requestId].filter(Boolean).join(" · ");
  return (
    <div role="alert" className="mx-auto max-w-lg py-12">
      <h1 className="font-semibold text-2xl tracking-tight">{t("title")}</h1>
      <p className="mt-2 text-ink-soft">{t("text")}</p>
      {reference ? (
        <p className="mt-4 text-ink-faint text-sm">
          {t("reference")}{" "}
          <code className="select-all break-all rounded bg-sunken px-1.5 py-0.5 font-mono text-xs">{reference}</code>
        </p>
      ) : null}
      <div className="mt-6 flex flex-wrap gap-2">
        <Button tone="primary" onClick={retry}>
          {t("retry")}
        </Button>
        <Button asChild>
          {/* a whole load, since the running page is what broke */}
          <a href="/">{t("home")}</a>
        </Button>
      </div>
    </div>
  );
}
