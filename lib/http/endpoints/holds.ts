import { z } from "zod";
import { HOLD_STATES } from "@/db/schema/ledger";
import { captureHold, type HoldView, placeHold, releaseHold } from "@/lib/balance/commands";
import { invariant } from "@/lib/errors";
import type { Currency } from "@/lib/money/currency";
import { endpoint } from "../endpoint";
import { description } from "../fields";
import { money, moneyOut, time, timeOut } from "../money";
import { movedOut, presentMoved } from "./debits";

const A_DAY = 86_400;

const holdOut = z.object({
  id: z.uuid(),
  state: z.enum(HOLD_STATES),
  amount: moneyOut,
  captured: moneyOut.nullable(),
  createdAt: timeOut,
  expiresAt: timeOut,
  ...movedOut,
});

const presentHold = (hold: HoldView, currency: Currency): z.input<typeof holdOut> => ({
  id: hold.holdId,
  state: hold.state,
  amount: money(hold.amountMinor, currency),
  captured: money(hold.capturedMinor, currency),
  createdAt: time(hold.createdAt),
  expiresAt: time(hold.expiresAt),
  ...presentMoved(hold, currency),
});

const params = z.object({ id: z.uuid() });

export const postHold = endpoint({
  method: "POST",
  path: "/balance/holds",
  tag: "Balance",
  summary: "Hold a part of the balance",
  description:
    "What is held is not available to others. A hold that is neither captured nor released expires and gives the money back.",
  access: { scope: "balance:write" },
  movesMoney: true,
  body: (amount) =>
    z.strictObject({
      amount: amount.positive(),
      description: description.optional(),
      expiresInSeconds: z
        .int()
        .min(60)
        .max(31 * A_DAY)
        .optional()
        .meta({ description: "A week when left out" }),
    }),
  answer: { status: 201, description: "The hold", schema: holdOut },
  refusals: ["insufficient_balance"],
  example: { amount: "20.00", description: "Render job 4712" },
  handle: async ({ scope, currency, body, requestKey }) => {
    invariant(requestKey, "calls that move money have a key");
    const { amount, ...rest } = body;
    return {
      body: presentHold(await placeHold(scope, { amountMinor: amount, sourceId: requestKey, ...rest }), currency),
    };
  },
});

export const postCapture = endpoint({
  method: "POST",
  path: "/balance/holds/{id}/capture",
  tag: "Balance",
  summary: "Debit what was held, or less",
  description: "Without an amount: all of it. What is not captured is given back.",
  access: { scope: "balance:write" },
  movesMoney: true,
  params,
  body: (amount) => z.strictObject({ amount: amount.positive().optional() }),
  answer: { status: 200, description: "The hold and the balance afterwards", schema: holdOut },
  refusals: ["hold_not_active"],
  example: { amount: "17.25" },
  handle: async ({ scope, currency, params: { id }, body }) => ({
    body: presentHold(await captureHold(scope, id, { amountMinor: body.amount }), currency),
  }),
});

export const postRelease = endpoint({
  method: "POST",
  path: "/balance/holds/{id}/release",
  tag: "Balance",
  summary: "Give back what was held",
  access: { scope: "balance:write" },
  movesMoney: true,
  params,
  answer: { status: 200, description: "The hold and the balance afterwards", schema: holdOut },
  refusals: ["hold_not_active"],
  handle: async ({ scope, currency, params: { id } }) => ({
    body: presentHold(await releaseHold(scope, id), currency),
  }),
});
