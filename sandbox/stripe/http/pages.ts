import { z } from "zod";
import type { Row, Rows } from "../state/table";
import { invalidRequest, resourceMissing } from "./errors";
import { integer, strict, text } from "./parameters";

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 10;

/** Parameters of every list. */
export const pagination = {
  limit: integer.optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
};
/** `created=1` or `created[gte]=1` … in unix seconds. */
export const created = z
  .union([integer, strict({ gt: integer, gte: integer, lt: integer, lte: integer }).partial()])
  .optional();

export interface Paging {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
}

export interface ListObject<T> {
  object: "list";
  data: T[];
  has_more: boolean;
  url: string;
}

export function readLimit(limit: number | undefined): number {
  if (limit === undefined) return DEFAULT_LIMIT;
  if (limit < 1)
    throw invalidRequest("This value must be greater than or equal to 1.", {
      param: "limit",
      code: "parameter_invalid_integer",
    });
  if (limit > MAX_LIMIT)
    throw invalidRequest(`This value must be less than or equal to ${MAX_LIMIT}.`, {
      param: "limit",
      code: "parameter_invalid_integer",
    });
  return limit;
}

export function matchesCreated(range: z.output<typeof created>, createdAt: number): boolean {
  if (range === undefined) return true;
  if (typeof range === "number") return createdAt === range;
  const { gt, gte, lt, lte } = range;
  return (
    (gt === undefined || createdAt > gt) &&
    (gte === undefined || createdAt >= gte) &&
    (lt === undefined || createdAt < lt) &&
    (lte === undefined || createdAt <= lte)
  );
}

/** What Stripe's messages call the members of a list, where it is not the list's own name in the singular. */
const KINDS: Record<string, string> = {
  alerts: "billing alert",
  balance_transactions: "balance transaction",
  credit_balance_transactions: "billing credit balance transaction",
  credit_grants: "billing credit grant",
  credit_notes: "credit note",
  lines: "invoice line item",
  meters: "billing meter",
  payment_methods: "PaymentMethod",
  promotion_codes: "promotion code",
  sessions: "checkout.session",
  setup_intents: "setupintent",
  tax_rates: "tax rate",
  test_clocks: "billing clock",
  webhook_endpoints: "webhook endpoint",
};

function kindOf(url: string): string {
  const list = url.slice(url.lastIndexOf("/") + 1);
  return KINDS[list] ?? list.replace(/s$/, "");
}

/**
 * One page of a table (or of the rows of one owner: `table.whose("customer", id)`), newest first, with Stripe's cursors.
 * @throws StripeFailure 400 for a limit outside 1–100, both cursors at once, or a cursor that names nothing
 */
export function pageOf<T extends Row>(
  rows: Rows<T>,
  paging: Paging,
  url: string,
  keep: (row: T) => boolean = () => true,
): ListObject<T> {
  const limit = readLimit(paging.limit);
  const { starting_after: after, ending_before: before } = paging;
  if (after && before)
    throw invalidRequest("You may only specify one of these parameters: ending_before, starting_after.", {
      param: "starting_after",
    });
  const cursor = after ?? before;
  if (cursor && !rows.get(cursor))
    throw resourceMissing(kindOf(url), cursor, after ? "starting_after" : "ending_before");

  const found: T[] = [];
  for (const row of before ? rows.oldestFirst(before) : rows.newestFirst(after)) {
    if (!keep(row)) continue;
    found.push(row);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  return { object: "list", data: before ? data.reverse() : data, has_more: found.length > limit, url };
}
