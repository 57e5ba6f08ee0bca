import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { DunningCase } from "@/lib/dunning/cases";
import { planOf } from "@/lib/plans/catalogue";
import { PLAN_NAMES } from "@/lib/plans/types";
import type { Subscription } from "@/lib/subscriptions/queries";
import { keepPlanAction, previewResumeAction, reactivateAction, resumeAction } from "../../actions";
import { ResumeDialog } from "./resume-dialog";
import { TakeBack } from "./take-back";

type Props = {
  live: Subscription;
  /** One whose first payment is not through. */
  waiting: Subscription | undefined;
  unpaid: DunningCase | undefined;
  /** Whether there is something that the next invoice can be charged to. */
  hasMethod: boolean;
  timeZone: string;
  readOnly: boolean;
};

const nameOf = (plan: string) => PLAN_NAMES[planOf(plan).id];

/** What is out of the ordinary with the plan, each with what can be done about it. */
export function PlanAlerts({ live, waiting, unpaid, hasMethod, timeZone, readOnly }: Props) {
  const t = useTranslations("subscription");
  const format = useFormatter();
  const day = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeZone });
  const { cancelAt, pendingPlan, pendingBillingCycle, pendingAt } = live;
  return (
    <>
      {waiting ? (
        <Alert
          tone="warn"
          title={t("waiting.title")}
          action={
            <Button asChild tone="primary" size="small">
              <Link href={`/subscription/confirm/${waiting.subscriptionId}`}>{t("waiting.action")}</Link>
            </Button>
          }
        >
          {t("waiting.text", { plan: nameOf(waiting.plan) })}
        </Alert>
      ) : null}
      {live.status === "trialing" && live.trialEnd && !hasMethod && !cancelAt ? (
        <Alert
          tone="warn"
          title={t("trialEnding.title", { date: day(live.trialEnd) })}
          action={
            <Button asChild tone="primary" size="small">
              <Link href="/payment-methods/add">{t("trialEnding.action")}</Link>
            </Button>
          }
        >
          {t("trialEnding.text", { plan: nameOf(live.plan) })}
        </Alert>
      ) : null}
      {live.status === "past_due" || unpaid ? (
        <Alert
          tone="bad"
          title={t("pastDue.title")}
          action={
            <Button asChild tone="primary" size="small">
              <Link href={unpaid ? `/invoices/${unpaid.invoiceId}` : "/invoices?status=open"}>
                {t("pastDue.action")}
              </Link>
            </Button>
          }
        >
          {t("pastDue.text", { known: unpaid ? "yes" : "no", date: unpaid ? day(unpaid.graceEndsAt) : "" })}
        </Alert>
      ) : null}
      {live.pausedAt ? (
        <Alert
          tone="warn"
          title={t("paused.title", { date: day(live.pausedAt) })}
          action={
            readOnly ? null : (
              <ResumeDialog
                preview={previewResumeAction}
                resume={resumeAction}
                plan={nameOf(live.plan)}
                timeZone={timeZone}
              />
            )
          }
        >
          {t("paused.text", { plan: nameOf(live.plan) })}
        </Alert>
      ) : null}
      {cancelAt ? (
        <Alert
          tone="warn"
          title={t("ending.title", { date: day(cancelAt) })}
          action={
            readOnly ? null : (
              <TakeBack takeBack={reactivateAction} label={t("ending.action")} done={t("ending.done")} />
            )
          }
        >
          {t("ending.text", { plan: nameOf(live.plan) })}
        </Alert>
      ) : null}
      {pendingPlan && pendingBillingCycle && pendingAt ? (
        <Alert
          tone="info"
          title={t("pending.title", {
            plan: nameOf(pendingPlan),
            cycle: pendingBillingCycle,
            date: day(pendingAt),
          })}
          action={
            readOnly ? null : (
              <TakeBack takeBack={keepPlanAction} label={t("pending.action")} done={t("pending.done")} />
            )
          }
        >
          {t("pending.text")}
        </Alert>
      ) : null}
    </>
  );
}
