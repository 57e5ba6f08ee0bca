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

function valuesOf(notice: NoticeContent, { t, money, time, method }: Words): Record<string, string> {
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
    default:
      return notice.kind === "blocked" && notice.params.reason === "no_payment_method"
        ? "/payment-methods"
        : "/auto-recharge";
  }
}
