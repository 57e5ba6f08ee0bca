"use server";

import { getLocale } from "next-intl/server";
import { z } from "zod";
import { answer } from "@/app/answer";
import { requireScope } from "@/lib/auth/gate";
import type { PaymentMethodId } from "@/lib/ids";
import { openPortal, removePaymentMethod, setDefault, startSetup } from "@/lib/payment-methods/commands";

const methodId = z.string().regex(/^pm_\w{1,250}$/);

/** Makes the intent under which the browser saves a method. */
export async function startSetupAction() {
  return answer(async () => {
    const { setupIntentClientSecret } = await startSetup(await requireScope("admin"));
    return { clientSecret: setupIntentClientSecret };
  });
}

/** The address of Stripe's Customer Portal; people come back to the success page, which looks what changed. */
export async function openPortalAction() {
  return answer(async () =>
    openPortal(await requireScope("admin"), {
      returnUrl: "/payment-methods/success?from=portal",
      locale: await getLocale(),
    }),
  );
}

export async function makeDefaultAction(paymentMethodId: string) {
  return answer(async () => {
    await setDefault(await requireScope("admin"), methodId.parse(paymentMethodId) as PaymentMethodId);
    return null;
  });
}

export async function removeAction(paymentMethodId: string) {
  return answer(async () => {
    const { ruleUsesDefaultNow } = await removePaymentMethod(
      await requireScope("admin"),
      methodId.parse(paymentMethodId) as PaymentMethodId,
    );
    return { ruleUsesDefaultNow };
  });
}
