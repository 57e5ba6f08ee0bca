import { z } from "zod";
import { invalid } from "@/lib/errors";
import { previewChange } from "@/lib/subscriptions/preview";
import { previewCancel } from "@/lib/subscriptions/preview-end";
import { endpoint } from "../endpoint";
import { currencyOut, money, moneyOut, time, timeOut } from "../money";
import { coupon, wish } from "./subscriptions";

const params = z.object({ id: z.uuid() });

export const postSubscriptionPreview = endpoint({
  method: "POST",
  path: "/subscriptions/{id}/preview",
  tag: "Subscriptions",
  summary: "What a change would cost",
  description:
    "Changes nothing. Give `prorationDate` with the change within 15 minutes, and exactly `dueNow` is charged. Of a paused subscription: what resuming costs.",
  access: { role: "member" },
  params,
  body: () =>
    z.strictObject({
      ...wish,
      coupon: coupon.optional(),
      cancel: z.enum(["period_end", "now"]).optional().meta({ description: "Alone: what ending it would do" }),
    }),
  answer: {
    status: 200,
    description: "The cost",
    schema: z.object({
      kind: z.enum(["upgrade", "downgrade", "end", "same", "resume"]),
      currency: currencyOut,
      startsAt: timeOut,
      lines: z.array(
        z.object({
          description: z.string(),
          amount: moneyOut,
          proration: z.boolean(),
          periodStart: timeOut,
          periodEnd: timeOut,
        }),
      ),
      discount: moneyOut.meta({ description: "Taken off the lines" }),
      tax: moneyOut.meta({ description: "On top of the lines" }),
      credit: moneyOut.meta({ description: "Of an earlier time, taken off what is due" }),
      dueNow: moneyOut,
      trialEnd: timeOut.nullable().meta({ description: "Until then nothing is charged" }),
      nextInvoice: z.object({ at: timeOut, amount: moneyOut }).nullable(),
      prorationDate: timeOut,
      withdrawn: z
        .object({
          credit: moneyOut.meta({ description: "Of the pause that it ends, as far as it is not used" }),
          invoices: z.array(z.object({ id: z.uuid(), invoiceNumber: z.string().nullable(), amount: moneyOut })),
        })
        .nullable()
        .meta({ description: "Of an end now: nobody pays it, and nobody is paid it" }),
    }),
  },
  refusals: ["subscription_ended", "change_refused", "discount_unknown", "plan_not_offered", "stripe_unavailable"],
  example: { plan: "enterprise" },
  handle: async ({ scope, params: { id }, body }) => {
    const { cancel, coupon, plan, billingCycle, prorationDate } = body;
    if (cancel && (coupon || plan || billingCycle || prorationDate)) throw invalid("cancel", "is asked about alone");
    const { preview, withdrawn } = cancel
      ? await previewCancel(scope, id, cancel)
      : {
          preview: await previewChange(scope, id, {
            ...(plan && { plan }),
            ...(billingCycle && { cycle: billingCycle }),
            coupon: coupon ?? null,
            prorationAt: prorationDate ?? null,
          }),
          withdrawn: null,
        };
    const { currency, next } = preview;
    return {
      body: {
        kind: preview.kind,
        currency,
        startsAt: time(preview.startsAt),
        lines: preview.lines.map((line) => ({
          description: line.description,
          amount: money(line.amountMinor, currency),
          proration: line.isProration,
          periodStart: time(line.periodStart),
          periodEnd: time(line.periodEnd),
        })),
        discount: money(preview.discountMinor, currency),
        tax: money(preview.taxMinor, currency),
        credit: money(preview.creditMinor, currency),
        dueNow: money(preview.dueNowMinor, currency),
        trialEnd: time(preview.trialEnd),
        nextInvoice: next && { at: time(next.at), amount: money(next.amountMinor, currency) },
        prorationDate: time(preview.prorationAt),
        withdrawn: withdrawn && {
          credit: money(withdrawn.creditMinor, currency),
          invoices: withdrawn.invoices.map(({ invoiceId, number, amountMinor }) => ({
            id: invoiceId,
            invoiceNumber: number,
            amount: money(amountMinor, currency),
          })),
        },
      },
    };
  },
});
