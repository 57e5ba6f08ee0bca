import { and, eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { rechargeAttempts } from "@/db/schema";
import { now } from "@/lib/clock";
import { log } from "@/lib/log";
import { STRIPE_RETRIES, STRIPE_TIMEOUT_MS } from "@/lib/stripe/client";
import { type ChargeOutcome, chargeOffSession, type OffSessionCharge } from "@/lib/stripe/payment-intents";
import { waitForTurn } from "@/lib/stripe/turns";
import type { AttemptRow } from "./attempt";
import { LEASE_MS } from "./claim";
import { recordOutcome } from "./settle";

export function chargeOf(attempt: AttemptRow): OffSessionCharge {
  const { tenantId, attemptId, stripeCustomerId, paymentMethodId, totalMinor, feeMinor, currency } = attempt;
  return { tenantId, attemptId, stripeCustomerId, paymentMethodId, totalMinor, feeMinor, currency };
}

/** What one call to Stripe may take, with its repetitions and the way there. */
const CALL_MS = STRIPE_TIMEOUT_MS * (STRIPE_RETRIES + 1) + 5_000;
/** So often a charge is asked for again at once that Stripe did not look at, and so long each is waited for at most. */
const AGAIN = { times: 3, mostMs: 10_000 };

/** Charges under the attempt's key. What Stripe did not look at, for too many calls, is asked for at its next turn, within the lease. */
async function chargeInTurn(attempt: AttemptRow): Promise<ChargeOutcome> {
  let outcome = await chargeOffSession(chargeOf(attempt));
  for (let again = 0; again < AGAIN.times && outcome.kind === "unknown" && outcome.tooMany; again++) {
    const leftMs = attempt.leaseUntil.getTime() - now().getTime() - CALL_MS;
    const mostMs = Math.min(AGAIN.mostMs, leftMs);
    if (mostMs <= 0 || !(await waitForTurn("charges", { isUrgent: false, mostMs }))) break;
    outcome = await chargeOffSession(chargeOf(attempt));
  }
  return outcome;
}

/**
 * Charges a reserved attempt when it is its turn; a person's wish does not wait for one. The state `charging` is committed before
 * Stripe is called: whoever finds it later knows that Stripe may have been asked. The outcome is recorded whatever it is.
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
  const outcome = await chargeInTurn(mine);
  if (outcome.kind === "unknown")
    log().warn(
      { tenantId: mine.tenantId, attemptId: mine.attemptId, reason: outcome.message },
      "outcome of a charge is unknown",
    );
  await recordOutcome(mine.tenantId, mine.attemptId, outcome);
  return outcome.kind;
}
