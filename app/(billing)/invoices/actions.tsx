"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { answer } from "@/app/answer";
import { InvoiceRows } from "@/components/invoices/invoice-rows";
import { readTypedAmount } from "@/components/money/typed-amount";
import { requireScope } from "@/lib/auth/gate";
import { invalid } from "@/lib/errors";
import type { PaymentMethodId } from "@/lib/ids";
import { markUncollectible, voidInvoice } from "@/lib/invoices/close";
import { creditInvoice } from "@/lib/invoices/credit";
import { createDraft, deleteDraft, updateDraft } from "@/lib/invoices/drafts";
import { finalizeInvoice } from "@/lib/invoices/finalize";
import { payByCustomer } from "@/lib/invoices/pay-by-customer";
import { getInvoice, listInvoices } from "@/lib/invoices/queries";
import { sendInvoice } from "@/lib/invoices/send";
import { refreshInvoice } from "@/lib/invoices/waiting-payment";
import { getTenant } from "@/lib/tenants/queries";
import { readDraft } from "./_components/draft-values";
import { creditSchema, draftSchema, invoiceId, paySchema } from "./schema";
import { readStatus, toFilter } from "./status";

const PAGE = 25;

/** The next rows of the list. */
export async function moreInvoicesAction(status: string | null, cursor: string) {
  return answer(async () => {
    const scope = await requireScope();
    const [tenant, page] = await Promise.all([
      getTenant(scope),
      listInvoices(scope, toFilter(readStatus(status)), { limit: PAGE, cursor: invoiceId.parse(cursor) }),
    ]);
    return { rows: <InvoiceRows rows={page.data} timeZone={tenant.timeZone} />, nextCursor: page.nextCursor };
  });
}

/** Writes a draft, or changes one, and finalises it if that is wished. */
export async function saveDraftAction(draftId: string | null, input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { finalize, requestKey, ...form } = draftSchema.parse(input);
    const { currency, timeZone } = await getTenant(scope);
    const draft = readDraft(form, currency, timeZone);
    let id = draftId;
    if (id === null) id = (await createDraft(scope, draft, requestKey)).invoiceId;
    else await updateDraft(scope, invoiceId.parse(id), draft);
    if (finalize) await finalizeInvoice(scope.tenantId, id);
    return { invoiceId: id };
  });
}

export async function deleteDraftAction(id: string) {
  const result = await answer(async () => {
    await deleteDraft(await requireScope("admin"), invoiceId.parse(id));
    return null;
  });
  if (result.ok) redirect("/invoices");
  return result;
}

export async function finalizeAction(id: string) {
  return answer(async () => {
    await finalizeInvoice((await requireScope("admin")).tenantId, invoiceId.parse(id));
    return null;
  });
}

/** Pays by a saved method. What the bank wants to ask first is finished on the page `confirm`. */
export async function payInvoiceAction(input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { paymentMethodId, requestKey, ...asked } = paySchema.parse(input);
    const { payment } = await payByCustomer(scope, asked.invoiceId, {
      paymentMethodId: (paymentMethodId || null) as PaymentMethodId | null,
      requestKey,
    });
    return { state: payment.state };
  });
}

export async function sendInvoiceAction(id: string, requestKey: string) {
  return answer(async () => {
    await sendInvoice(await requireScope("admin"), invoiceId.parse(id), z.uuid().parse(requestKey));
    return null;
  });
}

export async function voidAction(id: string) {
  return answer(async () => {
    await voidInvoice(await requireScope("admin"), invoiceId.parse(id));
    return null;
  });
}

export async function uncollectibleAction(id: string) {
  return answer(async () => {
    await markUncollectible(await requireScope("admin"), invoiceId.parse(id));
    return null;
  });
}

/** Writes a credit note over an amount, or over all that is left. */
export async function creditAction(input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { typed, reason, requestKey, ...asked } = creditSchema.parse(input);
    const { currency } = await getInvoice(scope, asked.invoiceId);
    const read = readTypedAmount(typed, currency);
    if (read.kind === "problem") throw invalid("amount", read.problem);
    await creditInvoice(scope, asked.invoiceId, {
      amountMinor: read.kind === "amount" ? read.amountMinor : null,
      reason: reason || null,
      requestKey,
    });
    return null;
  });
}

/** Asks Stripe what became of a payment that the browser has finished. */
export async function afterPaymentAction(id: string) {
  return answer(async () => {
    await refreshInvoice(await requireScope("admin"), invoiceId.parse(id));
    return null;
  });
}
