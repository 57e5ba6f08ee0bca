import { z } from "zod";
import { pauseSubscription, resumeSubscription } from "@/lib/subscriptions/pause";
import { endpoint } from "../endpoint";
import { presentSubscription, subscriptionOut } from "./subscriptions";

const params = z.object({ id: z.uuid() });

export const postPause = endpoint({
  method: "POST",
  path: "/subscriptions/{id}/pause",
  tag: "Subscriptions",
  summary: "Pause a subscription",
  description:
    "Nothing is invoiced and the plan cannot be used until it is resumed. What is unused of the paid period is taken off the payment that resumes it.",
  access: { role: "admin" },
  params,
  answer: { status: 200, description: "The subscription", schema: subscriptionOut },
  refusals: ["subscription_ended", "change_in_progress", "change_refused", "stripe_unavailable"],
  handle: async ({ scope, params: { id }, requestKey }) => ({
    body: presentSubscription(await pauseSubscription(scope, id, requestKey)),
  }),
});

export const postResume = endpoint({
  method: "POST",
  path: "/subscriptions/{id}/resume",
  tag: "Subscriptions",
  summary: "Resume a paused subscription",
  description:
    "A new period begins now and is paid at once; when the payment fails, it stays paused. The preview of a paused subscription says what it costs.",
  access: { role: "admin" },
  params,
  body: (amount) =>
    z.strictObject({
      expectedDueNow: amount
        .notNegative()
        .optional()
        .meta({ description: "What the customer saw as due now; another amount is refused" }),
    }),
  answer: { status: 200, description: "The subscription", schema: subscriptionOut },
  refusals: [
    "subscription_ended",
    "quote_changed",
    "no_payment_method",
    "payment_method_declined",
    "card_budget_exhausted",
    "change_in_progress",
    "change_refused",
    "stripe_unavailable",
  ],
  handle: async ({ scope, params: { id }, body, requestKey }) => ({
    body: presentSubscription(
      await resumeSubscription(scope, id, { expectedMinor: body.expectedDueNow ?? null, requestKey }),
    ),
  }),
});
