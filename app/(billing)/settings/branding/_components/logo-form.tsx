"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { ConfirmButton } from "@/components/forms/confirm-button";
import { ProblemAlert } from "@/components/forms/problem-alert";
import { useAction } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { removeLogoAction, saveLogoAction } from "../actions";

const REASONS = ["too_large", "not_an_image", "too_many_pixels"] as const;

export function LogoForm({ source, canEdit }: { source: string | null; canEdit: boolean }) {
  const t = useTranslations("settings.look");
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const { run, busy, problem } = useAction(saveLogoAction);
  const reason = REASONS.find((each) => problem?.fields.some((field) => field.message === each));
  const send = async (file: File | undefined) => {
    if (!file) return;
    const form = new FormData();
    form.set("logo", file);
    if ((await run(form)).ok) router.refresh();
    if (input.current) input.current.value = "";
  };
  return (
    <div className="flex flex-col gap-4">
      {/* Documents are white: so is what the logo is shown on, in the dark too. */}
      <div className="grid min-h-28 place-items-center rounded-xl border border-line border-dashed bg-[#fff] p-4">
        {source ? (
          // biome-ignore lint/performance/noImgElement: a data URL needs no optimiser
          <img src={source} alt={t("logoAlt")} className="max-h-20 max-w-full" />
        ) : (
          <p className="text-[#51666f] text-sm">{t("noLogo")}</p>
        )}
      </div>
      {reason ? (
        <Alert tone="bad" live title={t(`reasons.${reason}`)}>
          {t("logoHint")}
        </Alert>
      ) : (
        <ProblemAlert problem={problem} />
      )}
      {canEdit ? (
        <div className="flex flex-wrap items-center gap-3">
          <input
            ref={input}
            type="file"
            accept="image/png,image/jpeg"
            aria-label={t("chooseLogo")}
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => send(event.target.files?.[0])}
          />
          <Button busy={busy} onClick={() => input.current?.click()}>
            {t("chooseLogo")}
          </Button>
          {source ? (
            <ConfirmButton
              label={t("removeLogo")}
              fullLabel={t("removeLogo")}
              title={t("removeLogoTitle")}
              text={t("removeLogoText")}
              action={removeLogoAction}
            />
          ) : null}
          <p className="text-ink-faint text-sm">{t("logoHint")}</p>
        </div>
      ) : null}
    </div>
  );
}
