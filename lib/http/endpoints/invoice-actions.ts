import { z } from "zod";
import type { TenantScope } from "@/lib/auth/scope";
import { AppError, invariant } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { markUncollectible, voidInvoice } from "@/lib/invoices/close";
import { creditInvoice } from "@/lib/invoices/credit";
import { finalizeInvoice } from "@/lib/invoices/finalize";
import { payByCustomer } from "@/lib/invoices/pay-by-customer";
import { getInvoice } from "@/lib/invoices/queries";
import { sendInvoice } from "@/lib/invoices/send";
import { endpoint } from "../endpoint";
import { description } from "../fields";
import { creditNoteOut, invoiceDetailOut, presentCreditNote, presentDetail } from "./invoice-fields";

const params = z.object({ id: z.uuid() });
const nothing = () => z.strictObject({});
const invoice = { status: 200, description: "The invoice", schema: invoiceDetailOut };

const shown = async (scope: TenantScope, id: string) => ({ body: presentDetail(await getInvoice(scope, id)) });

export const postPay = endpoint({
  method: "POST",
  path: "/invoices/{id}/pay",
  tag: "Invoices",
  summary: "Pay an invoice by a saved method",
  description:
    "Without a method: the subscription's, else the default. A decline is refused with `payment_method_declined`. When the customer's bank wants to ask, `clientSecret` finishes the payment in the browser. A bank debit is `processing` for days.",
  access: { role: "admin" },
  movesMoney: true,
  params,
  body: () => z.strictObject({ paymentMethodId: z.string().min(1).max(255).optional() }),
  answer: {
    status: 200,
    description: "The invoice, paid or with its payment under way",
    schema: invoiceDetailOut.extend({ clientSecret: z.string().nullable() }),
  },
  refusals: [
    "invoice_not_open",
    "payment_in_progress",
    "no_payment_method",
    "payment_method_declined",
    "card_budget_exhausted",
    "change_in_progress",
    "stripe_unavailable",
  ],
  example: {},
  handle: async ({ scope, params: { id }, body, requestKey }) => {
    const { clientSecret } = await payByCustomer(scope, id, {
      paymentMethodId: (body.paymentMethodId ?? null) as PaymentMethodId | null,
      requestKey,
    });
    return { body: { ...presentDetail(await getInvoice(scope, id)), clientSecret } };
  },
});

export const postFinalize = endpoint({
  method: "POST",
  path: "/invoices/{id}/finalize",
  tag: "Invoices",
  summary: "Make a draft final",
  description: "It gets its number and can be paid. Again changes nothing.",
  access: { role: "admin" },
  params,
  body: nothing,
  answer: invoice,
  refusals: ["invoice_not_draft", "change_in_progress", "stripe_unavailable"],
  example: {},
  handle: async ({ scope, params: { id } }) => {
    await finalizeInvoice(scope.tenantId, id);
    return shown(scope, id);
  },
});

export const postVoid = endpoint({
  method: "POST",
  path: "/invoices/{id}/void",
  tag: "Invoices",
  summary: "Take an invoice back",
  description: "Nobody has to pay it; its number stays. A draft is deleted instead.",
  access: { role: "admin" },
  params,
  body: nothing,
  answer: invoice,
  refusals: ["invoice_not_open", "payment_in_progress", "stripe_unavailable"],
  example: {},
  handle: async ({ scope, params: { id } }) => ({ body: presentDetail(await voidInvoice(scope, id)) }),
});

export const postMarkUncollectible = endpoint({
  method: "POST",
  path: "/invoices/{id}/mark-uncollectible",
  tag: "Invoices",
  summary: "Give an invoice up",
  description: "It can still be paid.",
  access: { role: "admin" },
  params,
  body: nothing,
  answer: invoice,
  refusals: ["invoice_not_open", "payment_in_progress", "stripe_unavailable"],
  example: {},
  handle: async ({ scope, params: { id } }) => ({ body: presentDetail(await markUncollectible(scope, id)) }),
});

export const postSend = endpoint({
  method: "POST",
  path: "/invoices/{id}/send",
  tag: "Invoices",
  summary: "Mail an invoice with its PDF",
  description: "To owners and admins. A draft is made final first.",
  access: { role: "admin" },
  params,
  body: nothing,
  answer: invoice,
  refusals: ["invoice_not_open", "change_in_progress", "stripe_unavailable"],
  example: {},
  handle: async ({ scope, params: { id }, requestKey }) => {
    await sendInvoice(scope, id, requestKey);
    return shown(scope, id);
  },
});

export const postCreditNote = endpoint({
  method: "POST",
  path: "/invoices/{id}/credit-notes",
  tag: "Invoices",
  summary: "Write a credit note",
  description:
    "Lowers what an open invoice asks for, or gives back what was paid of a paid one. Without an amount: all that is left. `status: unknown` is being found out.",
  access: { role: "admin" },
  movesMoney: true,
  params,
  body: (amount) => z.strictObject({ amount: amount.positive().optional(), reason: description.optional() }),
  answer: { status: 201, description: "The credit note", schema: creditNoteOut },
  refusals: ["invoice_not_open", "payment_in_progress", "change_in_progress", "not_refundable"],
  example: { amount: "50.00", reason: "One day of the workshop fell through" },
  handle: async ({ scope, params: { id }, body, requestKey }) => {
    invariant(requestKey, "calls that move money have a key");
    const note = await creditInvoice(scope, id, {
      amountMinor: body.amount ?? null,
      reason: body.reason ?? null,
      requestKey,
    });
    if (note.state === "failed") throw new AppError("not_refundable", note.failureReason ?? undefined);
    return { body: presentCreditNote(note) };
  },
});
