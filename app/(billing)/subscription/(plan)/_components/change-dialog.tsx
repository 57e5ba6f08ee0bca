"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { v4 as newRequestKey } from "uuid";
import type { ActionResult } from "@/components/forms/action-result";
import { useAction } from "@/components/forms/use-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog, DialogFooter } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { useToast } from "@/components/ui/toast";
import { formatMoney } from "@/lib/money/amount";
import type { Currency } from "@/lib/money/currency";
import type { BillingCycle, PlanId, SubscriptionStatus } from "@/lib/plans/types";
import type { ChangePreview } from "@/lib/subscriptions/preview";
import { ChangeProblem } from "./change-problem";
import { CouponField } from "./coupon-field";
import { PreviewLines } from "./preview-lines";

type Wish = { plan: PlanId; cycle: BillingCycle };
type Changed = { subscriptionId: string; status: SubscriptionStatus };
type Props = {
  wish: Wish;
  plan: string;
  isNew: boolean;
  label: string;
  fullLabel: string;
  tone: "primary" | "quiet";
  disabled: boolean;
  preview: (input: Wish & { coupon: string }) => Promise<ActionResult<ChangePreview>>;
  change: (
    input: Wish & { coupon: string; prorationAt: Date; expectedMinor: number; requestKey: string },
  ) => Promise<ActionResult<Changed>>;
  currency: Currency;
  timeZone: string;
};

/** Shows what a change costs and makes it at that price. One price that was shown is one request. */
export function ChangeDialog({ wish, plan, isNew, label, fullLabel, tone, disabled, ...props }: Props) {
  const t = useTranslations("subscription.change");
  const locale = useLocale();
  const format = useFormatter();
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<ChangePreview | null>(null);
  const [coupon, setCoupon] = useState("");
  const [requestKey, setRequestKey] = useState("");
  const [priceMoved, setPriceMoved] = useState(false);
  const asking = useAction(props.preview);
  const changing = useAction(props.change);
  const problem = changing.problem?.code === "quote_changed" ? null : (changing.problem ?? asking.problem);
  const money = (preview: ChangePreview) => formatMoney(preview.dueNowMinor, props.currency, locale);
  const day = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeZone: props.timeZone });

  const ask = async (code: string) => {
    const result = await asking.run({ ...wish, coupon: code });
    if (!result.ok) return false;
    setShown(result.value);
    setRequestKey(newRequestKey());
    return true;
  };
  const toggle = (next: boolean) => {
    setOpen(next);
    if (!next) return;
    setShown(null);
    setCoupon("");
    setPriceMoved(false);
    changing.clear();
    void ask("");
  };
  const useCoupon = async (code: string) => {
    changing.clear();
    if (await ask(code)) setCoupon(code);
  };
  const confirm = async () => {
    if (!shown) return;
    const { prorationAt, dueNowMinor } = shown;
    const result = await changing.run({ ...wish, coupon, prorationAt, expectedMinor: dueNowMinor, requestKey });
    if (!result.ok) {
      const moved = result.error.code === "quote_changed";
      setPriceMoved(moved);
      if (moved) await ask(coupon);
      // A refusal is an answer too: the next press is a new request.
      else if (result.error.code !== "unreachable") setRequestKey(newRequestKey());
      return;
    }
    if (result.value.status === "incomplete")
      return router.push(`/subscription/confirm/${result.value.subscriptionId}`);
    setOpen(false);
    if (shown.kind === "downgrade" && !shown.trialEnd)
      toast("good", t("donePending", { plan, date: day(shown.startsAt) }));
    else toast("good", t(result.value.status === "trialing" && isNew ? "doneTrial" : "done", { plan }));
    router.refresh();
  };
  const trigger = (
    <Button tone={tone} disabled={disabled} aria-label={fullLabel}>
      {label}
    </Button>
  );
  const confirmLabel = !shown
    ? t("confirm")
    : shown.dueNowMinor > 0
      ? t(isNew ? "confirmPayNew" : "confirmPay", { amount: money(shown) })
      : t(isNew && shown.trialEnd ? "confirmTrial" : "confirm");
  return (
    <Dialog
      open={open}
      onOpenChange={toggle}
      trigger={trigger}
      title={t(isNew ? "titleNew" : "title", { plan })}
      description={t("cycle", { cycle: wish.cycle })}
    >
      <div className="flex flex-col gap-4" aria-busy={asking.busy}>
        {priceMoved && shown ? (
          <Alert tone="warn" live title={t("changedTitle", { amount: money(shown) })}>
            {t("changed")}
          </Alert>
        ) : null}
        {shown ? (
          <>
            <PreviewLines preview={shown} timeZone={props.timeZone} />
            <CouponField applied={coupon} busy={asking.busy} problem={asking.problem} apply={useCoupon} />
          </>
        ) : asking.busy ? (
          <p role="status" className="flex items-center gap-2 py-6 text-ink-soft text-sm">
            <Spinner /> {t("reading")}
          </p>
        ) : null}
        <ChangeProblem problem={problem} />
      </div>
      <DialogFooter>
        <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
        {shown ? (
          <Button tone="primary" busy={changing.busy} disabled={asking.busy} onClick={confirm}>
            {confirmLabel}
          </Button>
        ) : (
          <Button tone="primary" busy={asking.busy} onClick={() => ask(coupon)}>
            {t("again")}
          </Button>
        )}
      </DialogFooter>
    </Dialog>
  );
}
