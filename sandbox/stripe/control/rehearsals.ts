import { z } from "zod";
import type { Account } from "../account";
import { declineBody, rehearseDecline } from "../resources/charges/rehearsed-declines";
import { existingCharge } from "../resources/charges/routes";
import { decideDispute, escalateInquiry, openDispute } from "../resources/disputes/dispute";
import { replaceCard } from "../resources/payment-methods/renew";
import { failPayout } from "../resources/payouts/undo";
import { askForDetails, cancelRefund, completeRefund, failRefund } from "../resources/refunds/progress";
import { ControlError } from "./control-error";

/** Something that a bank or a customer does, asked for by a test or a demonstration. */
function rehearsal<S extends z.ZodType>(body: S, work: (account: Account, given: z.output<S>) => unknown) {
  return (account: Account, given: unknown): unknown => {
    const parsed = body.safeParse(given);
    if (!parsed.success)
      throw new ControlError(
        parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; "),
      );
    return account.store.transaction(() => work(account, parsed.data));
  };
}

function found<T>(row: T | undefined, what: string): T {
  if (!row) throw new ControlError(`no such ${what}`);
  return row;
}

const disputeBody = z.union([
  z.strictObject({
    charge: z.string(),
    kind: z.enum(["fraudulent", "product_not_received", "inquiry"]).default("fraudulent"),
  }),
  z.strictObject({ dispute: z.string(), outcome: z.enum(["won", "lost", "escalated"]) }),
]);
const refundBody = z.strictObject({
  refund: z.string(),
  outcome: z.enum(["succeeded", "failed", "requires_action", "canceled"]),
});
const payoutBody = z.strictObject({ payout: z.string(), outcome: z.literal("failed") });
const methodBody = z.strictObject({
  paymentMethod: z.string(),
  number: z.string().optional(),
  expMonth: z.int().min(1).max(12).optional(),
  expYear: z.int().min(2000).max(2100).optional(),
});

/** By the last part of their `POST /_sandbox/…` address. */
export const REHEARSALS: Record<string, (account: Account, body: unknown) => unknown> = {
  declines: rehearsal(declineBody, rehearseDecline),
  disputes: rehearsal(disputeBody, (account, given) => {
    if ("charge" in given) return openDispute(account, existingCharge(account, given.charge, "charge"), given.kind);
    const dispute = found(account.tables.disputes.get(given.dispute), "dispute");
    return given.outcome === "escalated"
      ? escalateInquiry(account, dispute)
      : decideDispute(account, dispute, given.outcome);
  }),
  "payment-methods": rehearsal(methodBody, (account, { paymentMethod, ...fresh }) =>
    replaceCard(account, found(account.tables.paymentMethods.get(paymentMethod), "payment method"), fresh),
  ),
  payouts: rehearsal(payoutBody, (account, given) =>
    failPayout(account, found(account.tables.payouts.get(given.payout), "payout")),
  ),
  refunds: rehearsal(refundBody, (account, given) => {
    const refund = found(account.tables.refunds.get(given.refund), "refund");
    if (given.outcome === "requires_action") return askForDetails(account, refund);
    if (given.outcome === "canceled") return cancelRefund(account, refund);
    if (given.outcome === "failed") failRefund(account, refund.id);
    else completeRefund(account, refund.id);
    return account.tables.refunds.get(refund.id);
  }),
};
