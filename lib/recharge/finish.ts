import { and, eq } from "drizzle-orm";
import { withTenant } from "@/db/client";
import { rechargeAttempts } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type AttemptId, isId } from "@/lib/ids";
import { fetchClientSecret, fetchIntent } from "@/lib/stripe/payment-intents";
import { toAttempt } from "./attempt";
import { recordOutcome } from "./settle";
import type { Attempt } from "./types";

async function find(scope: TenantScope, attemptId: string) {
  if (!isId(attemptId)) throw new AppError("not_found");
  const [row] = await withTenant(scope, (tx) =>
    tx
      .select()
      .from(rechargeAttempts)
      .where(
        and(eq(rechargeAttempts.tenantId, scope.tenantId), eq(rechargeAttempts.attemptId, attemptId as AttemptId)),
      ),
  );
  if (!row) throw new AppError("not_found");
  return row;
}

/** What the browser needs to finish the same PaymentIntent. The secret is null when there is nothing left to finish. */
export async function getFinish(
  scope: TenantScope,
  attemptId: string,
): Promise<{ attempt: Attempt; clientSecret: string | null; publishableKey: string }> {
  const row = await find(scope, attemptId);
  const waiting = row.state === "requires_action" && row.stripePaymentIntentId;
  return {
    attempt: toAttempt(row),
    clientSecret: waiting && row.stripePaymentIntentId ? await fetchClientSecret(row.stripePaymentIntentId) : null,
    publishableKey: env().STRIPE_PUBLISHABLE_KEY,
  };
}

/** After the customer was at it: asks Stripe what the payment is now and settles it, without waiting for the webhook. */
export async function afterFinish(scope: TenantScope, attemptId: string): Promise<Attempt> {
  const row = await find(scope, attemptId);
  if (!row.stripePaymentIntentId) return toAttempt(row);
  const intent = await fetchIntent(row.stripePaymentIntentId);
  return toAttempt(await recordOutcome(scope.tenantId, row.attemptId, { kind: "intent", intent }));
}
