import { z } from "zod";
import { TRANSACTION_STATUSES, TRANSACTION_TYPES } from "@/db/schema/transactions";
import { now } from "@/lib/clock";
import { invalid, invariant } from "@/lib/errors";
import type { Currency } from "@/lib/money/currency";
import { getTenant } from "@/lib/tenants/queries";
import {
  getTransaction,
  listTransactions,
  type RefundOf,
  type Transaction,
  type TransactionFilter,
} from "@/lib/transactions/queries";
import { refundTransaction } from "@/lib/transactions/refund";
import { isTimeZone, PERIODS, type Sum, summarise } from "@/lib/transactions/summary";
import { endpoint } from "../endpoint";
import { checkRange, createdRange, description, instant, oneOrMore, UNTIL, until } from "../fields";
import { listOut, pageQuery, presentPage, toPageRequest } from "../lists";
import { currencyOut, money, moneyOut, time, timeOut } from "../money";

/** The filters of the list and of exports. */
export const transactionFilters = {
  type: oneOrMore(TRANSACTION_TYPES).optional(),
  status: oneOrMore(TRANSACTION_STATUSES).optional(),
  ...createdRange,
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: "Part of the number or description, or a whole id" }),
};

type Filters = z.output<z.ZodObject<typeof transactionFilters>>;

export const toFilter = ({ q, type, status, from, to }: Filters): TransactionFilter => ({
  ...(type && { type }),
  ...(status && { status }),
  ...(from && { from }),
  ...(to && { to }),
  ...(q && { search: q }),
});

const transactionOut = z.object({
  id: z.uuid(),
  transactionId: z.string().meta({ description: "Shown to people", examples: ["TX-000042"] }),
  tenantId: z.uuid(),
  type: z.enum(TRANSACTION_TYPES),
  status: z.enum(TRANSACTION_STATUSES),
  amount: moneyOut.meta({ description: "Negative: the customer got it" }),
  fee: moneyOut,
  net: moneyOut,
  refunded: moneyOut.meta({ description: "Given back of it so far" }),
  currency: currencyOut,
  description: z.string(),
  sourceKind: z.string(),
  sourceId: z.string(),
  invoiceId: z.uuid().nullable(),
  stripePaymentIntentId: z.string().nullable(),
  createdAt: timeOut,
  processedAt: timeOut.nullable(),
});

const present = (tenantId: string, row: Transaction): z.input<typeof transactionOut> => ({
  id: row.transactionId,
  transactionId: row.number,
  tenantId,
  type: row.type,
  status: row.status,
  amount: money(row.amountMinor, row.currency),
  fee: money(row.feeMinor, row.currency),
  net: money(row.netMinor, row.currency),
  refunded: money(row.refundedMinor, row.currency),
  currency: row.currency,
  description: row.description,
  sourceKind: row.sourceKind,
  sourceId: row.sourceId,
  invoiceId: row.invoiceId,
  stripePaymentIntentId: row.stripePaymentIntentId,
  createdAt: time(row.createdAt),
  processedAt: time(row.processedAt),
});

const refundOut = z.object({
  id: z.uuid(),
  transactionId: z.uuid().meta({ description: "The payment that is given back" }),
  status: z.enum(["pending", "succeeded", "failed", "canceled"]),
  currency: currencyOut,
  amount: moneyOut.meta({ description: "What the customer gets" }),
  principal: moneyOut.meta({ description: "Of it from the balance or the invoice" }),
  fee: moneyOut.meta({ description: "Of it from the fee" }),
  reason: z.string().nullable(),
  failureReason: z.string().nullable(),
  createdAt: timeOut,
  completedAt: timeOut.nullable(),
});

const presentRefund = (refund: RefundOf, transactionId: string, currency: Currency): z.input<typeof refundOut> => ({
  id: refund.refundId,
  transactionId,
  status: refund.state === "started" || refund.state === "unknown" ? "pending" : refund.state,
  currency,
  amount: money(refund.amountMinor, currency),
  principal: money(refund.principalMinor, currency),
  fee: money(refund.feeMinor, currency),
  reason: refund.reason,
  failureReason: refund.failureReason,
  createdAt: time(refund.createdAt),
  completedAt: time(refund.completedAt),
});

export const getTransactions = endpoint({
  method: "GET",
  path: "/transactions",
  tag: "Transactions",
  summary: "List payments, refunds, adjustments and fees",
  access: { role: "member", scope: "transactions:read" },
  query: pageQuery.extend(transactionFilters).superRefine(checkRange),
  answer: { status: 200, description: "A page of transactions, newest first", schema: listOut(transactionOut) },
  handle: async ({ scope, query }) => {
    const page = await listTransactions(scope, toFilter(query), toPageRequest(query));
    return { body: presentPage(page, (row) => present(scope.tenantId, row)) };
  },
});

export const getOneTransaction = endpoint({
  method: "GET",
  path: "/transactions/{id}",
  tag: "Transactions",
  summary: "Read one transaction and its refunds",
  access: { role: "member", scope: "transactions:read" },
  params: z.object({ id: z.uuid() }),
  answer: {
    status: 200,
    description: "The transaction",
    schema: transactionOut.extend({ refunds: z.array(refundOut) }),
  },
  handle: async ({ scope, params }) => {
    const { refunds, ...row } = await getTransaction(scope, params.id);
    return {
      body: {
        ...present(scope.tenantId, row),
        refunds: refunds.map((refund) => presentRefund(refund, row.transactionId, row.currency)),
      },
    };
  },
});

export const postRefund = endpoint({
  method: "POST",
  path: "/transactions/{id}/refund",
  tag: "Transactions",
  summary: "Give a payment back, whole or in part",
  description:
    "Without an amount: as much as can be given back. Of a top-up at most the unused balance goes back; the fee goes back in the proportion in which the payment does.",
  access: { role: "admin" },
  movesMoney: true,
  params: z.object({ id: z.uuid() }),
  body: (amount) => z.strictObject({ amount: amount.positive().optional(), reason: description.optional() }),
  answer: { status: 201, description: "The refund", schema: refundOut },
  refusals: ["not_refundable", "recharge_in_progress", "recharge_would_follow"],
  example: { amount: "50.00", reason: "Customer request" },
  handle: async ({ scope, params, body, requestKey }) => {
    invariant(requestKey, "calls that move money have a key");
    const refund = await refundTransaction(scope, params.id, {
      amountMinor: body.amount ?? null,
      reason: body.reason ?? null,
      requestKey,
    });
    return { status: 201, body: presentRefund(refund, params.id, refund.currency) };
  },
});

const sumOut = z.object({ count: z.int(), amount: moneyOut, fee: moneyOut, net: moneyOut });
const presentSum = (sum: Sum, currency: Currency): z.input<typeof sumOut> => ({
  count: sum.count,
  amount: money(sum.amountMinor, currency),
  fee: money(sum.feeMinor, currency),
  net: money(sum.netMinor, currency),
});

const YEAR_MS = 366 * 86_400_000;
const LONGEST_YEARS = { day: 2, week: 5, month: 20, quarter: 20, year: 50 } as const;

export const getSummary = endpoint({
  method: "GET",
  path: "/transactions/summary/{period}",
  tag: "Transactions",
  summary: "Sum up by day, week, month, quarter or year",
  description:
    "What has succeeded, by the time it was processed. Without `from` and `to`: the last year. Periods are those of `tz`, by default the tenant's time zone; ones in which nothing happened are left out.",
  access: { role: "member", scope: "transactions:read" },
  params: z.object({ period: z.enum(PERIODS) }),
  query: z.strictObject({
    from: instant.optional(),
    to: until.optional().meta({ description: `Processed ${UNTIL}` }),
    tz: z.string().refine(isTimeZone, "must be an IANA time zone such as Europe/Oslo").optional(),
  }),
  answer: {
    status: 200,
    description: "The periods, oldest first",
    schema: z.object({
      period: z.enum(PERIODS),
      timeZone: z.string(),
      currency: currencyOut,
      from: timeOut,
      to: timeOut,
      data: z.array(
        z.object({
          start: timeOut,
          types: z.partialRecord(z.enum(TRANSACTION_TYPES), sumOut),
          total: sumOut,
        }),
      ),
    }),
  },
  handle: async ({ scope, params: { period }, query, currency }) => {
    const to = query.to ?? now();
    const from = query.from ?? new Date(to.getTime() - YEAR_MS);
    if (from >= to) throw invalid("from", "must be before `to`");
    if (to.getTime() - from.getTime() > LONGEST_YEARS[period] * YEAR_MS)
      throw invalid("from", `must be at most ${LONGEST_YEARS[period]} years before \`to\` for a summary by ${period}`);
    const timeZone = query.tz ?? (await getTenant(scope)).timeZone;
    const buckets = await summarise(scope, period, { from, to }, timeZone);
    return {
      body: {
        period,
        timeZone,
        currency,
        from: time(from),
        to: time(to),
        data: buckets.map(({ start, types, total }) => ({
          start: time(start),
          types: Object.fromEntries(Object.entries(types).map(([type, sum]) => [type, presentSum(sum, currency)])),
          total: presentSum(total, currency),
        })),
      },
    };
  },
});
