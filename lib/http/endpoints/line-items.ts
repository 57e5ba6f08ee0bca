import { z } from "zod";
import { QUANTITY_DECIMALS } from "@/lib/invoices/lines";
import { decimalText } from "@/lib/money/amount";
import type { MoneyIn } from "../money";

const LARGEST_QUANTITY = 1_000_000_000;

function quantityProblem(text: string): string | null {
  const read = /^\d+(?:\.(\d+))?$/.exec(text);
  if (!read) return "must be a number such as 2 or 1.5";
  if ((read[1] ?? "").length > QUANTITY_DECIMALS) return `must have at most ${QUANTITY_DECIMALS} decimals`;
  if (Number(text) === 0) return "must be above zero";
  return Number(text) > LARGEST_QUANTITY ? `must be at most ${LARGEST_QUANTITY}` : null;
}

/** An exact decimal above zero, as a string or a JSON number. */
const quantityIn = z
  .union([z.string(), z.number()], { error: "must be a number such as 2 or 1.5" })
  .meta({ description: `Above zero, at most ${QUANTITY_DECIMALS} decimals`, examples: [1, "2.5"] })
  .transform((input, context): string => {
    const text = decimalText(input);
    const message = quantityProblem(text);
    if (message === null) return text;
    context.addIssue({ code: "custom", message, input });
    return z.NEVER;
  });

const MOST_LINES = 1_000;

/** The lines of an invoice that is written by hand. */
export const lineItemsIn = (amount: MoneyIn) =>
  z
    .array(
      z.strictObject({
        description: z.string().trim().min(1).max(500),
        quantity: quantityIn.default("1"),
        unitAmount: amount.notNegative(),
      }),
    )
    .min(1)
    .max(MOST_LINES);
