"use server";

import { z } from "zod";
import { answer } from "@/app/answer";
import { requireOperator } from "@/lib/auth/gate";
import { AppError } from "@/lib/errors";
import { signOff } from "@/lib/reconciliation/months";
import { explain } from "@/lib/reconciliation/queries";
import { reconcile } from "@/lib/reconciliation/run";
import { stripeFailure } from "@/lib/stripe/failures";

const note = z.string().trim().min(1).max(500);

/** Compares now. */
export async function compareAction() {
  return answer(async () => {
    const operator = await requireOperator();
    try {
      const run = await reconcile("manual", operator.actor);
      return { found: run?.found ?? 0, repaired: run?.repaired ?? 0 };
    } catch (error) {
      if (stripeFailure(error)) throw new AppError("stripe_unavailable", undefined, { cause: error });
      throw error;
    }
  });
}

/** Says why a difference is as it should be. */
export async function explainAction(differenceId: string, why: string) {
  return answer(async () => {
    const operator = await requireOperator();
    await explain(z.uuid().parse(differenceId), operator.actor, note.parse(why));
    return null;
  });
}

/** Keeps a month's figures with the operator's name. */
export async function signOffAction(month: string, said: string) {
  return answer(async () => {
    const { user } = await requireOperator();
    await signOff(z.string().max(7).parse(month), user, z.string().trim().max(500).parse(said) || null);
    return null;
  });
}
