import type { paymentMethods } from "@/db/schema/payment-methods";
import type { PaymentMethodId } from "@/lib/ids";
import type { PaymentMethod } from "./types";

type Row = Pick<typeof paymentMethods.$inferSelect, "paymentMethodId" | "status" | "card" | "fingerprint">;

/** Cards are good until the end of the month printed on them (UTC). */
export function isExpired(card: { expMonth: number; expYear: number } | null, at: Date): boolean {
  // Date.UTC counts months from 0, so the card's month names the one after it.
  return card !== null && at.getTime() >= Date.UTC(card.expYear, card.expMonth, 1);
}

/** Whether a charge may be tried at all. A method that failed before may. */
export function isUsable(row: Pick<Row, "status" | "card">, at: Date): boolean {
  return row.status !== "requires_verification" && !isExpired(row.card, at);
}

/** Whether a removal has it that was not answered yet; it is not charged meanwhile. */
export function isBeingRemoved(row: Pick<typeof paymentMethods.$inferSelect, "removingUntil">, at: Date): boolean {
  return row.removingUntil !== null && row.removingUntil > at;
}

/** What recharging knows of methods: cards it does not ask again for now, and methods whose last charge failed. */
export type Trouble = { fingerprints: ReadonlySet<string>; failed: ReadonlySet<PaymentMethodId> };

/** The state shown to the customer. Expiry is a matter of time, so it is not read from the row. */
export function statusOf(row: Row, trouble: Trouble, at: Date): PaymentMethod["status"] {
  if (row.status === "requires_verification") return row.status;
  if (isExpired(row.card, at)) return "expired";
  const shunned = row.fingerprint !== null && trouble.fingerprints.has(row.fingerprint);
  return shunned || trouble.failed.has(row.paymentMethodId) || row.status === "failing" ? "failing" : "active";
}

/**
 * The customer's default: what Stripe says as long as it is there, else the newest method that can be charged.
 * @param methods newest first
 */
export function chooseDefault(
  atStripe: PaymentMethodId | null,
  methods: Pick<Row, "paymentMethodId" | "status" | "card">[],
  at: Date,
): PaymentMethodId | null {
  if (methods.some((method) => method.paymentMethodId === atStripe)) return atStripe;
  return methods.find((method) => isUsable(method, at))?.paymentMethodId ?? null;
}

/** A rule that is on keeps a method it can charge. @param others the tenant's methods without the one to be removed */
export function mayRemove(
  method: Pick<Row, "status" | "card">,
  others: Pick<Row, "status" | "card">[],
  ruleEnabled: boolean,
  at: Date,
): boolean {
  if (!ruleEnabled) return true;
  if (others.length === 0) return false;
  return !isUsable(method, at) || others.some((other) => isUsable(other, at));
}
