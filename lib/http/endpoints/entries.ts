import { z } from "zod";
import { listEntries } from "@/lib/balance/queries";
import { endpoint } from "../endpoint";
import { listOut, pageQuery, presentPage, toPageRequest } from "../lists";
import { currencyOut, money, moneyOut, time, timeOut } from "../money";

const entryOut = z.object({
  id: z.string(),
  currency: currencyOut,
  amount: moneyOut.meta({ description: "Negative: taken from the balance" }),
  balanceAfter: moneyOut,
  kind: z.string(),
  description: z.string().nullable(),
  sourceId: z.string().meta({ description: "What caused it: the id of a debit, of a recharge …" }),
  createdAt: timeOut,
});

export const getEntries = endpoint({
  method: "GET",
  path: "/balance/entries",
  tag: "Balance",
  summary: "List the statement",
  access: { role: "member", scope: "balance:read" },
  query: pageQuery,
  answer: { status: 200, description: "A page of entries, newest first", schema: listOut(entryOut) },
  handle: async ({ scope, currency, query }) => {
    const page = await listEntries(scope, toPageRequest(query));
    return {
      body: presentPage(
        page,
        (entry): z.input<typeof entryOut> => ({
          id: entry.entryId,
          currency,
          amount: money(entry.amountMinor, currency),
          balanceAfter: money(entry.balanceAfterMinor, currency),
          kind: entry.kind,
          description: entry.description,
          sourceId: entry.sourceId,
          createdAt: time(entry.createdAt),
        }),
      ),
    };
  },
});
