import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "../../account";
import { DECLINES, type Decline } from "../../instruments/declines";
import { newId } from "../../state/ids";
import type { Row } from "../../state/table";

/**
 * Body of `POST /_sandbox/declines`: the next charges of a method, or of any, are declined for a reason that no test card has.
 */
export const declineBody = z.strictObject({
  paymentMethod: z.string().optional(),
  code: z.string().default("card_declined"),
  declineCode: z.string().optional(),
  adviceCode: z.enum(["confirm_card_data", "do_not_try_again", "try_again_later"]).optional(),
  networkDeclineCode: z.string().optional(),
  message: z.string().default(DECLINES.generic.message),
  times: z.int().min(1).default(1),
});

export interface RehearsedDecline extends Row, z.output<typeof declineBody> {}

export function rehearseDecline(account: Account, body: z.output<typeof declineBody>): RehearsedDecline {
  return account.store.transaction(() => account.tables.rehearsedDeclines.put({ id: newId("decline"), ...body }));
}

/** The decline that was asked for a method, counted; null when there is none. */
export function takeRehearsedDecline(account: Account, method: Stripe.PaymentMethod): Decline | null {
  const table = account.tables.rehearsedDeclines;
  if (table.size === 0) return null;
  for (const row of table.oldestFirst()) {
    if (row.paymentMethod !== undefined && row.paymentMethod !== method.id) continue;
    if (row.times <= 1) table.delete(row.id);
    else table.put({ ...row, times: row.times - 1 });
    const { code, message, declineCode, adviceCode, networkDeclineCode } = row;
    return {
      code,
      message,
      ...(declineCode && { declineCode }),
      ...(adviceCode && { adviceCode }),
      ...(networkDeclineCode && { networkDeclineCode }),
    };
  }
  return null;
}
