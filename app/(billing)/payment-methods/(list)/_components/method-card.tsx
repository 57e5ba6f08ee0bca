"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { MethodBadges } from "@/components/payment-methods/method-badges";
import { MethodMark } from "@/components/payment-methods/method-mark";
import { methodName } from "@/components/payment-methods/method-name";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import type { PaymentMethod } from "@/lib/payment-methods/types";
import { type Remove, RemoveDialog } from "./remove-dialog";

type Props = {
  method: PaymentMethod;
  makeDefault: (id: string) => Promise<ActionResult>;
  remove: Remove;
  readOnly: boolean;
};

export function MethodCard({ method, makeDefault, remove, readOnly }: Props) {
  const t = useTranslations();
  const format = useFormatter();
  const router = useRouter();
  const toast = useToast();
  const { run, busy } = useAction(makeDefault);
  const name = methodName(method);
  const choose = async () => {
    const result = await run(method.paymentMethodId);
    toast(
      result.ok ? "good" : "bad",
      result.ok ? t("paymentMethods.nowDefault", { method: name }) : t(`errors.${result.error.code}.title`),
    );
    router.refresh();
  };
  const month = method.card ? format.number(method.card.expMonth, { minimumIntegerDigits: 2 }) : "";
  const detail = method.card
    ? t("paymentMethods.expires", { date: `${month}/${method.card.expYear}` })
    : t("paymentMethods.account", { type: method.bankAccount?.accountType ?? "other" });
  const canBeDefault = !method.isDefault && method.status !== "requires_verification";
  return (
    <Card aria-label={name} className="flex flex-wrap items-center gap-x-4 gap-y-3 p-5">
      <MethodMark method={method} />
      <div className="min-w-0 flex-1 basis-48">
        <h2 className="truncate font-medium">{name}</h2>
        <p className="text-ink-faint text-sm">{detail}</p>
        {method.status === "active" ? null : (
          <p className="mt-1 text-ink-soft text-sm">{t(`paymentMethods.statusHints.${method.status}`)}</p>
        )}
      </div>
      <MethodBadges method={method} />
      <div className="flex basis-full flex-wrap gap-2 border-t pt-3 sm:justify-end">
        {canBeDefault ? (
          <Button size="small" busy={busy} disabled={readOnly} onClick={choose}>
            {t("paymentMethods.makeDefault")}
          </Button>
        ) : null}
        <RemoveDialog paymentMethodId={method.paymentMethodId} name={name} remove={remove} disabled={readOnly} />
      </div>
    </Card>
  );
}
