"use server";

import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { answer } from "@/app/answer";
import { typedMinor } from "@/components/money/typed-amount";
import { currentSession, requireScope } from "@/lib/auth/gate";
import { debit } from "@/lib/balance/commands";
import { env, isSandbox } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { getTenant } from "@/lib/tenants/queries";

const STEP = z.string().regex(/^[1-9]\d{0,3}[mhdw]$/);

/** Moves the clock of the whole embedded stack forward, e.g. by `3d`. @throws never: refused outside the sandbox */
export async function moveClock(by: string) {
  return answer(async () => {
    const base = env().SANDBOX_STRIPE_URL;
    if (!isSandbox() || !base || !(await currentSession())) throw new AppError("not_found");
    const advance = STEP.parse(by);
    const response = await fetch(new URL("/_sandbox/clock", base), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advance }),
    });
    if (!response.ok) throw new AppError("internal", `the sandbox's clock answered ${response.status}`);
    return null;
  });
}

/**
 * Spends from the current tenant's balance the way the company's own services do. In production only they may; here it
 * lets a person see what follows.
 * @param typed amount in major units
 */
export async function spend(typed: string) {
  return answer(async () => {
    if (!isSandbox()) throw new AppError("not_found");
    const scope = await requireScope("admin");
    const [{ currency }, t] = await Promise.all([getTenant(scope), getTranslations("sandbox")]);
    const amountMinor = typedMinor(z.string().max(30).parse(typed), currency);
    if (!amountMinor)
      throw new AppError("invalid_request", "amount", { fields: [{ path: "amount", message: "amount" }] });
    const service = { ...scope, role: "service" as const, actor: "sandbox", scopes: ["balance:write"] };
    await debit(service, { amountMinor, sourceId: `sandbox:${newId()}`, description: t("usage") });
    return null;
  });
}
