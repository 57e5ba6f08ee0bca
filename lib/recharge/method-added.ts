import { eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { rechargeRules } from "@/db/schema";
import { send } from "@/inngest/client";
import type { AppEvent } from "@/inngest/events";
import type { PaymentMethodId, TenantId } from "@/lib/ids";
import { setRechargeCheckAt } from "@/lib/ledger/accounts";
import { log } from "@/lib/log";
import { cancelWaiting } from "./cancel-waiting";
import { resume } from "./resume";
import { lockRule } from "./setup";

export type AddedMethod = { paymentMethodId: PaymentMethodId; fingerprint: string | null };

/**
 * A method was added or replaced: the balance is looked at at once. A paused rule goes on with a method of another fingerprint
 * and uses it from now on; the same card added again changes nothing about the pause.
 */
export async function onMethodAdded(tenantId: TenantId, added: AddedMethod[]): Promise<void> {
  const after: AppEvent[] = [];
  const { resumed, enabled } = await systemDb().transaction(async (tx) => {
    const rule = await lockRule(tx, tenantId);
    const refused = new Set([rule.pausedFingerprint, rule.blockedFingerprint].filter((f) => f !== null));
    const fresh = added.find((m) => m.fingerprint !== null && !refused.has(m.fingerprint));
    const stuck = rule.pausedAt !== null || rule.blockedFingerprint !== null || rule.retryAt !== null;
    if (!fresh || !stuck) {
      if (rule.enabled && added.length > 0 && rule.pausedAt === null)
        await setRechargeCheckAt(tx, tenantId, new Date(0));
      return { resumed: false, enabled: rule.enabled };
    }
    const wasPaused = await resume(tx, rule, after, fresh.paymentMethodId);
    await tx
      .update(rechargeRules)
      .set({ paymentMethodId: fresh.paymentMethodId })
      .where(eq(rechargeRules.tenantId, tenantId));
    await setRechargeCheckAt(tx, tenantId, new Date(0));
    return { resumed: wasPaused, enabled: rule.enabled };
  });
  if (resumed) {
    // The old payment would still be finishable by its link beside the new charge: end it first. If Stripe cannot be asked now,
    // it keeps the open place and nothing else is charged.
    await cancelWaiting(tenantId).catch((error) =>
      log().warn({ err: error, tenantId }, "a waiting payment could not be ended yet"),
    );
  }
  if (enabled) after.push({ name: "balance/low", data: { tenantId, trigger: "method_added" } });
  // What is owed is tried by the newest of them.
  const [newest] = added;
  if (newest) after.push({ name: "dunning/method.added", data: { tenantId, paymentMethodId: newest.paymentMethodId } });
  await send(after);
}
