import type { PaymentMethod } from "@/lib/payment-methods/types";
import type { BalanceOverview, Reason } from "@/lib/recharge/types";

export type Attention = {
  key: string;
  tone: "info" | "warn" | "bad";
  /** Its words are `attention.<kind>.title`, `.text` and `.action`. */
  kind: AttentionKind;
  href: string | null;
};
type AttentionKind =
  | "authenticate"
  | "paused"
  | "backingOff"
  | "limit"
  | "addMethod"
  | "methodUnusable"
  | "verifyMethod"
  | "stopped"
  | "checking"
  | "lowAndOff"
  | "overheld";

const BY_REASON: Partial<Record<Reason, Omit<Attention, "key">>> = {
  paused_declines: { kind: "paused", tone: "bad", href: "/payment-methods/add" },
  paused_hard_decline: { kind: "paused", tone: "bad", href: "/payment-methods/add" },
  paused_returned: { kind: "paused", tone: "bad", href: "/payment-methods/add" },
  card_budget: { kind: "paused", tone: "bad", href: "/payment-methods/add" },
  backing_off: { kind: "backingOff", tone: "warn", href: "/payment-methods" },
  no_payment_method: { kind: "addMethod", tone: "bad", href: "/payment-methods/add" },
  outcome_unknown: { kind: "checking", tone: "info", href: null },
  stopped_all: { kind: "stopped", tone: "warn", href: null },
  stopped_tenant: { kind: "stopped", tone: "warn", href: null },
  min_charge: { kind: "limit", tone: "warn", href: "/auto-recharge" },
  max_charge: { kind: "limit", tone: "warn", href: "/auto-recharge" },
  max_per_day: { kind: "limit", tone: "warn", href: "/auto-recharge" },
  max_charges_per_day: { kind: "limit", tone: "warn", href: "/auto-recharge" },
  max_per_month: { kind: "limit", tone: "warn", href: "/auto-recharge" },
};

/** What somebody has to look at now, worst first, derived from the state alone. */
export function attentionOf(
  overview: BalanceOverview,
  methods: Pick<PaymentMethod, "paymentMethodId" | "status">[],
): Attention[] {
  const found: Attention[] = [];
  const { rule, reason, lastAttempt } = overview;
  if (lastAttempt?.state === "requires_action")
    found.push({
      key: lastAttempt.attemptId,
      kind: "authenticate",
      tone: "bad",
      href: `/auto-recharge/finish/${lastAttempt.attemptId}`,
    });
  const known = reason ? BY_REASON[reason] : undefined;
  if (known) found.push({ key: known.kind, ...known });
  const low = overview.balanceMinor < (rule.minMinor ?? 1);
  if (!rule.enabled && methods.length === 0)
    found.push({ key: "addMethod", kind: "addMethod", tone: "info", href: "/payment-methods/add" });
  else if (!rule.enabled && low)
    found.push({ key: "lowAndOff", kind: "lowAndOff", tone: "warn", href: "/auto-recharge" });
  // A balance below zero says it by itself.
  if (overview.availableMinor < 0 && overview.balanceMinor >= 0)
    found.push({ key: "overheld", kind: "overheld", tone: "warn", href: null });
  for (const method of methods) {
    if (method.status === "requires_verification")
      found.push({ key: method.paymentMethodId, kind: "verifyMethod", tone: "info", href: "/payment-methods" });
    const isCharged = method.paymentMethodId === overview.paymentMethodId;
    if (method.status === "expired" && isCharged && rule.enabled)
      found.push({ key: method.paymentMethodId, kind: "methodUnusable", tone: "bad", href: "/payment-methods/add" });
  }
  const weight = { bad: 0, warn: 1, info: 2 };
  return found.sort((a, b) => weight[a.tone] - weight[b.tone]);
}
