import { z } from "zod";
import type { SubscriptionId } from "@/lib/ids";
import { METRICS } from "@/lib/plans/types";
import { usageOf } from "@/lib/usage/queries";
import { LARGEST_BATCH, LATEST_DAYS, recordUsage } from "@/lib/usage/record";
import { endpoint } from "../endpoint";
import { externalId, instant } from "../fields";
import { currencyOut, money, moneyOut, time, timeOut } from "../money";

const params = z.object({ id: z.uuid() });
const metric = z.enum(METRICS);
const LARGEST_QUANTITY = 1_000_000_000;

const event = {
  metric,
  quantity: z.int().min(1).max(LARGEST_QUANTITY),
  timestamp: instant
    .optional()
    .meta({ description: `When it was used, at most ${LATEST_DAYS} days ago; without: now` }),
};

const single = z.strictObject({
  ...event,
  id: externalId.optional().meta({ description: "Counted once for ever under this id" }),
});

const batch = z.strictObject({
  events: z
    .array(z.strictObject({ ...event, id: externalId }))
    .min(1)
    .max(LARGEST_BATCH)
    .superRefine((events, context) => {
      const seen = new Set<string>();
      for (const [index, { id }] of events.entries()) {
        if (seen.has(id)) context.addIssue({ code: "custom", path: [index, "id"], message: "is given twice" });
        seen.add(id);
      }
    }),
});

export const postUsage = endpoint({
  method: "POST",
  path: "/subscriptions/{id}/usage",
  tag: "Usage",
  summary: "Record usage, once or up to 1,000 times",
  description:
    "All events of a call are recorded, or none. An `id` counts once for ever within the tenant: one that was recorded before with the same metric, quantity and timestamp is counted in `replayed` and changes nothing, with others the call is refused. What goes over the quota is paid from the prepaid balance, or refused where the plan has a hard cap.",
  access: { scope: "usage:write" },
  params,
  body: () => z.union([single, batch]),
  answer: {
    status: 200,
    description: "What the metrics came to",
    schema: z.object({
      recorded: z.int(),
      replayed: z.int(),
      currency: currencyOut,
      metrics: z.array(
        z.object({
          metric,
          periodStart: timeOut,
          periodEnd: timeOut,
          used: z.int(),
          included: z.int().nullable(),
          overage: z.int(),
          billed: moneyOut.meta({ description: "Taken from the balance by this call" }),
        }),
      ),
    }),
  },
  refusals: [
    "subscription_ended",
    "subscription_paused",
    "subscription_incomplete",
    "usage_id_reused",
    "quota_exceeded",
    "insufficient_balance",
  ],
  example: { metric: "messages", quantity: 1000 },
  handle: async ({ scope, currency, params: { id }, body, requestKey }) => {
    const given = "events" in body ? body.events : [{ ...body, id: body.id ?? requestKey }];
    const result = await recordUsage(
      scope,
      id as SubscriptionId,
      given.map((one) => ({
        id: one.id ?? null,
        metric: one.metric,
        quantity: one.quantity,
        usedAt: one.timestamp ?? null,
      })),
      "events" in body ? undefined : (_, field) => field,
    );
    return {
      body: {
        recorded: result.recorded,
        replayed: result.replayed,
        currency,
        metrics: result.metrics.map((one) => ({
          metric: one.metric,
          periodStart: time(one.periodStart),
          periodEnd: time(one.periodEnd),
          used: one.used,
          included: one.included,
          overage: one.overage,
          billed: money(one.billedMinor, currency),
        })),
      },
    };
  },
});

export const getUsage = endpoint({
  method: "GET",
  path: "/subscriptions/{id}/usage",
  tag: "Usage",
  summary: "Read the usage of a month, per metric and day",
  access: { role: "member", scope: "usage:read" },
  params,
  query: z.strictObject({
    at: instant.optional().meta({ description: "The month of quotas around this instant; without: the running one" }),
  }),
  answer: {
    status: 200,
    description: "The usage",
    schema: z.object({
      subscriptionId: z.uuid(),
      periodStart: timeOut,
      periodEnd: timeOut,
      timeZone: z.string().meta({ description: "Of the days" }),
      currency: currencyOut,
      metrics: z.array(
        z.object({
          metric,
          used: z.int(),
          included: z.int().nullable().meta({ description: "Null: no limit" }),
          overage: z.int(),
          overagePrice: z.string().nullable().meta({ description: "Of a unit, exact; null: nothing beyond the quota" }),
          cost: moneyOut,
          days: z.array(z.object({ day: z.string(), quantity: z.int() })),
        }),
      ),
    }),
  },
  handle: async ({ scope, params: { id }, query }) => {
    const view = await usageOf(scope, id, query.at);
    return {
      body: {
        subscriptionId: id,
        periodStart: time(view.period.start),
        periodEnd: time(view.period.end),
        timeZone: view.timeZone,
        currency: view.currency,
        metrics: view.metrics.map(({ costMinor, ...metricUsage }) => ({
          ...metricUsage,
          cost: money(costMinor, view.currency),
        })),
      },
    };
  },
});
