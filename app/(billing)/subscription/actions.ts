"use server";

import { z } from "zod";
import { answer } from "@/app/answer";
import { requireScope } from "@/lib/auth/gate";
import { toMinor } from "@/lib/money/minor";
import { cancelSubscription, reactivateSubscription } from "@/lib/subscriptions/cancel";
import { changeSubscriptionTerms } from "@/lib/subscriptions/change";
import { afterFirstPayment } from "@/lib/subscriptions/first-payment";
import { pauseSubscription, resumeSubscription } from "@/lib/subscriptions/pause";
import { previewChange } from "@/lib/subscriptions/preview";
import { liveSubscription } from "@/lib/subscriptions/queries";
import { choosePlan } from "@/lib/subscriptions/subscribe";
import { cancelSchema, changeSchema, previewSchema, resumeSchema } from "./schema";

/** What a change would cost; changes nothing. */
export async function previewChangeAction(input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { plan, cycle, coupon } = previewSchema.parse(input);
    const { subscriptionId } = await liveSubscription(scope);
    return previewChange(scope, subscriptionId, { plan, cycle, coupon, prorationAt: null });
  });
}

/** Subscribes whoever has the free plan, and changes the plan of everybody else, at the price that was shown. */
export async function changePlanAction(input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { expectedMinor, ...asked } = changeSchema.parse(input);
    const { subscriptionId, status } = await choosePlan(scope, { ...asked, expectedMinor: toMinor(expectedMinor) });
    return { subscriptionId, status };
  });
}

export async function cancelPlanAction(input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const asked = cancelSchema.parse(input);
    const { subscriptionId } = await liveSubscription(scope);
    await cancelSubscription(scope, subscriptionId, asked);
    return null;
  });
}

/** Takes back an end that is decided. */
export async function reactivateAction(requestKey: string) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { subscriptionId } = await liveSubscription(scope);
    await reactivateSubscription(scope, subscriptionId, z.uuid().parse(requestKey));
    return null;
  });
}

export async function pauseAction(requestKey: string) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { subscriptionId } = await liveSubscription(scope);
    await pauseSubscription(scope, subscriptionId, z.uuid().parse(requestKey));
    return null;
  });
}

/** What it costs to go on after a pause; changes nothing. */
export async function previewResumeAction() {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { subscriptionId } = await liveSubscription(scope);
    return previewChange(scope, subscriptionId, { coupon: null, prorationAt: null });
  });
}

export async function resumeAction(input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { expectedMinor, requestKey } = resumeSchema.parse(input);
    const { subscriptionId } = await liveSubscription(scope);
    await resumeSubscription(scope, subscriptionId, { expectedMinor: toMinor(expectedMinor), requestKey });
    return null;
  });
}

/** Takes back a downgrade that waits. */
export async function keepPlanAction(requestKey: string) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { subscriptionId } = await liveSubscription(scope);
    await changeSubscriptionTerms(scope, subscriptionId, {
      prorationAt: null,
      expectedMinor: null,
      requestKey: z.uuid().parse(requestKey),
    });
    return null;
  });
}

/** Asks Stripe what became of a first payment that the browser has finished. */
export async function afterFirstPaymentAction(subscriptionId: string) {
  return answer(async () => {
    await afterFirstPayment(await requireScope("admin"), z.uuid().parse(subscriptionId));
    return null;
  });
}
