import { z } from "zod";
import { INVOICE_STATUSES } from "@/db/schema/invoices";
import type { TenantScope } from "@/lib/auth/scope";
import { AppError } from "@/lib/errors";
import type { InvoiceId } from "@/lib/ids";
import { createDraft, DUE_DAYS, deleteDraft, updateDraft } from "@/lib/invoices/drafts";
import { finalizeInvoice } from "@/lib/invoices/finalize";
import { getInvoice, listInvoices } from "@/lib/invoices/queries";
import { endpoint } from "../endpoint";
import { checkRange, createdRange, instant, oneOrMore } from "../fields";
import { listOut, pageQuery, presentPage, toPageRequest } from "../lists";
import { invoiceDetailOut, invoiceOut, presentDetail, presentInvoice } from "./invoice-fields";
import { lineItemsIn } from "./line-items";

const params = z.object({ id: z.uuid() });
const memo = z.string().trim().min(1).max(1_000).meta({ description: "Stands on the invoice" });
const dueDate = instant.meta({ description: `Without it: ${DUE_DAYS} days after it is final` });

export const getInvoices = endpoint({
  method: "GET",
  path: "/invoices",
  tag: "Invoices",
  summary: "List invoices",
  access: { role: "member", scope: "invoices:read" },
  query: pageQuery
    .extend({
      status: oneOrMore(INVOICE_STATUSES).optional(),
      ...createdRange,
      q: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .optional()
        .meta({ description: "Part of the number or memo, or a whole id" }),
    })
    .superRefine(checkRange),
  answer: { status: 200, description: "A page of invoices, newest first", schema: listOut(invoiceOut) },
  handle: async ({ scope, query }) => {
    const { q, status, from, to } = query;
    const filter = { ...(status && { status }), ...(from && { from }), ...(to && { to }), ...(q && { search: q }) };
    return { body: presentPage(await listInvoices(scope, filter, toPageRequest(query)), presentInvoice) };
  },
});

export const postInvoice = endpoint({
  method: "POST",
  path: "/invoices",
  tag: "Invoices",
  summary: "Write an invoice",
  description:
    "A draft, which can be edited and has no number, unless `finalize` is set. Amounts are quantity × unit, rounded half-up; the tax of the configuration comes on top, line by line.",
  access: { role: "admin" },
  body: (amount) =>
    z.strictObject({
      lineItems: lineItemsIn(amount),
      dueDate: dueDate.optional(),
      memo: memo.optional(),
      finalize: z.boolean().default(false),
    }),
  answer: { status: 201, description: "The invoice", schema: invoiceDetailOut },
  refusals: ["change_in_progress", "stripe_unavailable"],
  example: { lineItems: [{ description: "Onboarding", quantity: 2, unitAmount: "150.00" }], finalize: true },
  handle: async ({ scope, body, requestKey }) => {
    const draft = await createDraft(
      scope,
      { lines: body.lineItems.map(toLine), dueAt: body.dueDate ?? null, memo: body.memo ?? null },
      requestKey,
    );
    if (body.finalize) await finalizeOrForget(scope, draft.invoiceId);
    return { body: presentDetail(await getInvoice(scope, draft.invoiceId)) };
  },
});

/** What Stripe does not take is refused as a whole: no draft stays behind that nobody asked for. */
async function finalizeOrForget(scope: TenantScope, invoiceId: InvoiceId): Promise<void> {
  try {
    await finalizeInvoice(scope.tenantId, invoiceId);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_request") await deleteDraft(scope, invoiceId);
    throw error;
  }
}

type LineIn = z.output<ReturnType<typeof lineItemsIn>>[number];
const toLine = ({ description, quantity, unitAmount }: LineIn) => ({ description, quantity, unitMinor: unitAmount });

export const getOneInvoice = endpoint({
  method: "GET",
  path: "/invoices/{id}",
  tag: "Invoices",
  summary: "Read one invoice, its payments, credit notes and timetable",
  access: { role: "member", scope: "invoices:read" },
  params,
  answer: { status: 200, description: "The invoice", schema: invoiceDetailOut },
  handle: async ({ scope, params: { id } }) => ({ body: presentDetail(await getInvoice(scope, id)) }),
});

export const patchInvoice = endpoint({
  method: "PATCH",
  path: "/invoices/{id}",
  tag: "Invoices",
  summary: "Edit a draft",
  description: "What is given is replaced. `null` takes the due date or the memo away.",
  access: { role: "admin" },
  params,
  body: (amount) =>
    z
      .strictObject({
        lineItems: lineItemsIn(amount).optional(),
        dueDate: dueDate.nullable().optional(),
        memo: memo.nullable().optional(),
      })
      .refine((given) => Object.keys(given).length > 0, "must change something"),
  answer: { status: 200, description: "The draft", schema: invoiceDetailOut },
  refusals: ["invoice_not_draft"],
  example: { memo: "Purchase order 4711" },
  handle: async ({ scope, params: { id }, body }) => {
    await updateDraft(scope, id, {
      ...(body.lineItems && { lines: body.lineItems.map(toLine) }),
      ...(body.dueDate !== undefined && { dueAt: body.dueDate }),
      ...(body.memo !== undefined && { memo: body.memo }),
    });
    return { body: presentDetail(await getInvoice(scope, id)) };
  },
});

export const deleteInvoice = endpoint({
  method: "DELETE",
  path: "/invoices/{id}",
  tag: "Invoices",
  summary: "Throw a draft away",
  description: "An invoice that is final is voided instead.",
  access: { role: "admin" },
  params,
  answer: {
    status: 200,
    description: "The draft is gone",
    schema: z.object({ id: z.uuid(), deleted: z.literal(true) }),
  },
  refusals: ["invoice_not_draft"],
  handle: async ({ scope, params: { id } }) => {
    await deleteDraft(scope, id);
    return { body: { id, deleted: true } };
  },
});
