"use server";

import { z } from "zod";
import { answer } from "@/app/answer";
import { requireScope } from "@/lib/auth/gate";
import { afterFinish } from "@/lib/recharge/finish";

/** Asks Stripe what became of the payment and settles it. */
export async function afterFinishAction(attemptId: string) {
  return answer(async () => afterFinish(await requireScope("admin"), z.uuid().parse(attemptId)));
}
