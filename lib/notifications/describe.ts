import { isPlanId } from "@/lib/plans/catalogue";
import { METRICS, PLAN_NAMES } from "@/lib/plans/types";
import type { Reason } from "@/lib/recharge/types";
import type { LimitParams, NoticeContent } from "./kinds";
import { type Reader, type Words, wordsFor } from "./reader";

/** What a notice says, and the page where something can be done about it. */
export type Description = { title: string; body: string; href: string };

/** The notice in the reader's words: for the list in the app, and for the first lines of its mail. */
export function describeNotice(notice: NoticeContent, reader: Reader): Description {
  const values = valuesOf(notice, wordsFor(reader));
  const { t } = wordsFor(reader);
  return {
    title: t(`notices.${notice.kind}.title`, values),
    body: t(`notices.${notice.kind}.body`, values),
    href: pageOf(notice),
  };
}

const planName = (plan: string) => (isPlanId(plan) ? PLAN_NAMES[plan] : plan);

function valuesOf(notice: NoticeContent, { t, money, time, method, number }: Words): Record<string, string> {
  const when = (at: string | null) => ({ known: at ? "yes" : "no", at: at ? time(at) : "" });
  switch (notice.kind) {
    case "charged": {
      const { amountMinor, feeMinor, totalMinor, balanceMinor, paymentMethodId } = notice.params;
      const fee = { hasFee: feeMinor > 0 ? "yes" : "no", fee: money(feeMinor) };
      return {
        amount: money(amountMinor),
        ...fee,
        total: money(totalMinor),
        balance: money(balanceMinor),
        method: method(paymentMethodId),
      };
    }
    case "declined":
      return {
        total: money(notice.params.totalMinor),
        method: method(notice.params.paymentMethodId),
        ...when(notice.params.retryAt),
        ...(notice.params.backup ? { known: "backup" } : {}),
      };
    case "paused":
      return { method: method(notice.params.paymentMethodId), reason: notice.params.reason };
    case "needs_authentication":
      return { total: money(notice.params.totalMinor), method: method(notice.params.paymentMethodId) };
    case "limit_80":
    case "limit_100":
      return { limit: notice.params.limit, ...limitUse(notice.params, money), ...when(notice.params.resetsAt) };
    case "low_balance":
      return {
        balance: money(notice.params.balanceMinor),
        reason: t(`notices.reasons.${reasonKey(notice.params.reason)}`),
      };
    case "resumed":
      return { method: method(notice.params.paymentMethodId) };
    case "payment_returned": {
      const { amountMinor, totalMinor, balanceMinor, paymentMethodId } = notice.params;
      return {
        amount: money(amountMinor),
        total: money(totalMinor),
        balance: money(balanceMinor),
        method: method(paymentMethodId),
      };
    }
    case "blocked":
      return {
        balance: money(notice.params.balanceMinor),
        reason: t(`notices.reasons.${reasonKey(notice.params.reason)}`),
        ...when(notice.params.nextPossibleAt),
      };
    case "usage_80":
    case "usage_100": {
      const { metric, used, included, periodEnd, hasOverage } = notice.params;
      const metricName = METRICS.find((one) => one === metric);
      return {
        metric: metricName ? t(`metrics.${metricName}`) : metric,
        used: number(used),
        included: number(included),
        end: time(periodEnd),
        more: hasOverage ? "paid" : "refused",
      };
    }
    case "refunded":
    case "refund_failed":
      return { amount: money(notice.params.amountMinor) };
    case "trial_ending": {
      const { plan, at, amountMinor, hasMethod } = notice.params;
      return { plan: planName(plan), at: time(at), amount: money(amountMinor), method: hasMethod ? "yes" : "no" };
    }
    case "renewal_coming":
      return {
        plan: planName(notice.params.plan),
        at: time(notice.params.at),
        amount: money(notice.params.amountMinor),
      };
    case "subscription_changed":
      return {
        plan: planName(notice.params.plan),
        from: planName(notice.params.from),
        at: time(notice.params.at),
      };
    case "subscription_started":
    case "subscription_ending":
    case "subscription_ended":
      return { plan: planName(notice.params.plan), at: time(notice.params.at) };
    case "invoice_sent":
    case "invoice_overdue": {
      const { number: invoice, amountMinor, dueAt } = notice.params;
      return { number: invoice, amount: money(amountMinor), ...when(dueAt) };
    }
    case "invoice_disputed": {
      const { number: invoice, amountMinor, outcome } = notice.params;
      return { number: invoice, amount: money(amountMinor), outcome };
    }
    case "invoice_paid":
    case "dunning_recovered":
      return { number: notice.params.number, amount: money(notice.params.amountMinor) };
    case "invoice_failed":
    case "dunning_failed":
    case "dunning_grace_ending":
    case "dunning_ended": {
      const { number: invoice, amountMinor, nextTryAt, graceEndsAt } = notice.params;
      return { number: invoice, amount: money(amountMinor), ...when(nextTryAt), grace: time(graceEndsAt) };
    }
    case "method_expiring":
      return { method: method(notice.params.paymentMethodId), at: time(notice.params.at) };
  }
}

/** A limit is an amount of money or a number of charges. */
export function limitUse(params: LimitParams, money: Words["money"]): { used: string; allowed: string } {
  const show = params.limit === "max_charges_per_day" ? String : money;
  return { used: show(params.used), allowed: show(params.allowed) };
}

const REASON_KEYS = [
  "rule_off",
  "stopped_all",
  "stopped_tenant",
  "needs_authentication",
  "paused_declines",
  "paused_hard_decline",
  "paused_returned",
  "no_payment_method",
  "card_budget",
  "min_charge",
  "max_charge",
  "max_per_day",
  "max_charges_per_day",
  "max_per_month",
] as const satisfies readonly Reason[];

/** Reasons that no notice is made for read as `other`. */
function reasonKey(reason: Reason): (typeof REASON_KEYS)[number] | "other" {
  return REASON_KEYS.find((key) => key === reason) ?? "other";
}

function pageOf(notice: NoticeContent): string {
  switch (notice.kind) {
    case "needs_authentication":
      return `/auto-recharge/finish/${notice.params.attemptId}`;
    case "declined":
    case "paused":
      return "/payment-methods";
    case "charged":
    case "payment_returned":
      return "/";
    case "usage_80":
    case "usage_100":
      return "/usage";
    case "refunded":
    case "refund_failed":
      return `/transactions/${notice.params.transactionId}`;
    case "trial_ending":
      return notice.params.hasMethod ? "/subscription" : "/payment-methods";
    case "renewal_coming":
    case "subscription_started":
    case "subscription_changed":
    case "subscription_ending":
    case "subscription_ended":
      return "/subscription";
    case "invoice_sent":
    case "invoice_paid":
    case "invoice_overdue":
    case "invoice_disputed":
    case "invoice_failed":
    case "dunning_failed":
    case "dunning_grace_ending":
    case "dunning_ended":
    case "dunning_recovered":
      return `/invoices/${notice.params.invoiceId}`;
    case "method_expiring":
      return "/payment-methods";
    default:
      return notice.kind === "blocked" && notice.params.reason === "no_payment_method"
        ? "/payment-methods"
        : "/auto-recharge";
  }
}
