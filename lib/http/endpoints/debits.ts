import { z } from "zod";
import { debit, debitBatch } from "@/lib/balance/commands";
import { invariant } from "@/lib/errors";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import { endpoint } from "../endpoint";
import { description, externalId, metadata } from "../fields";
import { currencyOut, type MoneyIn, money, moneyOut } from "../money";

const LARGEST_BATCH = 1_000;

/** The balance after a call that moved it. */
export const movedOut = { currency: currencyOut, balance: moneyOut, held: moneyOut, available: moneyOut };

export const presentMoved = (
  moved: { balanceMinor: Minor; heldMinor: Minor; availableMinor: Minor },
  currency: Currency,
) => ({
  currency,
  balance: money(moved.balanceMinor, currency),
  held: money(moved.heldMinor, currency),
  available: money(moved.availableMinor, currency),
});

const single = (amount: MoneyIn) =>
  z.strictObject({ amount: amount.positive(), description: description.optional(), metadata: metadata.optional() });

const batch = (amount: MoneyIn) =>
  z.strictObject({
    debits: z
      .array(
        z.strictObject({
          id: externalId,
          amount: amount.positive(),
          description: description.optional(),
          metadata: metadata.optional(),
        }),
      )
      .min(1)
      .max(LARGEST_BATCH)
      .superRefine((debits, context) => {
        const seen = new Set<string>();
        for (const [index, { id }] of debits.entries()) {
          if (seen.has(id)) context.addIssue({ code: "custom", path: [index, "id"], message: "is given twice" });
          seen.add(id);
        }
      }),
  });

export const postDebit = endpoint({
  method: "POST",
  path: "/balance/debits",
  tag: "Balance",
  summary: "Debit the balance, once or up to 1,000 times",
  description:
    "All debits of a call are posted, or none. The `id` of a debit in a list is idempotent for ever within the tenant: one that was posted before with the same amount is counted in `replayed` and changes nothing.",
  access: { scope: "balance:write" },
  movesMoney: true,
  body: (amount) => z.union([single(amount), batch(amount)]),
  answer: {
    status: 200,
    description: "The balance afterwards",
    schema: z.object({
      ...movedOut,
      posted: z.int(),
      replayed: z.int().meta({ description: "How many had been posted before" }),
    }),
  },
  refusals: ["insufficient_balance", "debit_id_reused"],
  example: { amount: "12.50", description: "Render job 4711" },
  handle: async ({ scope, currency, body, requestKey }) => {
    invariant(requestKey, "calls that move money have a key");
    if ("debits" in body) {
      const moved = await debitBatch(
        scope,
        body.debits.map(({ id, amount, ...rest }) => ({ sourceId: id, amountMinor: amount, ...rest })),
      );
      return { body: { ...presentMoved(moved, currency), posted: moved.posted, replayed: moved.replayed } };
    }
    const { amount, ...rest } = body;
    const moved = await debit(scope, { amountMinor: amount, sourceId: requestKey, ...rest });
    return {
      body: { ...presentMoved(moved, currency), posted: moved.replayed ? 0 : 1, replayed: moved.replayed ? 1 : 0 },
    };
  },
});
