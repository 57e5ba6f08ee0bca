import { and, eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { rechargeAttempts } from "@/db/schema";
import { now } from "@/lib/clock";
import { log } from "@/lib/log";
import { type ChargeOutcome, chargeOffSession, type OffSessionCharge } from "@/lib/stripe/payment-intents";
import { waitForTurn } from "@/lib/stripe/turns";
import type { AttemptRow } from "./attempt";
import { LEASE_MS } from "./claim";
import { recordOutcome } from "./settle";

export function chargeOf(attempt: AttemptRow): OffSessionCharge {
  const { tenantId, attemptId, stripeCustomerId, paymentMethodId, totalMinor, feeMinor, currency } = attempt;
  return { tenantId, attemptId, stripeCustomerId, paymentMethodId, totalMinor, feeMinor, currency };
}

/**
 * Charges a reserved attempt when it is its turn; a person's wish does not wait for one. The state `charging` is committed before Stripe is called: whoever finds it later knows that
 * Stripe may have been asked. The outcome is recorded whatever it is.
 */
export async function execute(attempt: AttemptRow): Promise<ChargeOutcome["kind"] | "not_mine"> {
  await waitForTurn("charges", { isUrgent: attempt.trigger === "manual" });
  const at = now();
  const [mine] = await systemDb()
    .update(rechargeAttempts)
    .set({ state: "charging", chargingAt: at, leaseUntil: new Date(at.getTime() + LEASE_MS) })
    .where(
      and(
        eq(rechargeAttempts.tenantId, attempt.tenantId),
        eq(rechargeAttempts.attemptId, attempt.attemptId),
        eq(rechargeAttempts.state, "reserved"),
      ),
    )
    .returning();
  if (!mine) return "not_mine";
  const outcome = await chargeOffSession(chargeOf(mine));
  if (outcome.kind === "unknown")
    log().warn(
      { tenantId: mine.tenantId, attemptId: mine.attemptId, reason: outcome.message },
      "outcome of a charge is unknown",
    );
  await recordOutcome(mine.tenantId, mine.attemptId, outcome);
  return outcome.kind;
}
