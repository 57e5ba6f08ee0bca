import { z } from "zod";
import { adjust } from "@/lib/balance/commands";
import { invariant } from "@/lib/errors";
import type { TenantId } from "@/lib/ids";
import { endpoint } from "../endpoint";
import { movedOut, presentMoved } from "./debits";

export const postAdjustment = endpoint({
  method: "POST",
  path: "/balance/adjustments",
  tag: "Balance",
  summary: "Credit or debit a tenant by hand",
  description: "For operators. A positive amount is a credit.",
  access: { role: "operator" },
  movesMoney: true,
  tenantFromBody: true,
  body: (amount) =>
    z.strictObject({ tenantId: z.uuid(), amount: amount.signed(), reason: z.string().trim().min(1).max(500) }),
  answer: { status: 200, description: "The balance afterwards", schema: z.object({ tenantId: z.uuid(), ...movedOut }) },
  example: { tenantId: "0199a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", amount: "-25.00", reason: "Goodwill taken back" },
  handle: async ({ scope, currency, body, requestKey }) => {
    invariant(requestKey, "calls that move money have a key");
    const tenantId = body.tenantId as TenantId;
    const moved = await adjust(scope, {
      tenantId,
      amountMinor: body.amount,
      reason: body.reason,
      sourceId: requestKey,
    });
    return { body: { tenantId, ...presentMoved(moved, currency) } };
  },
});
