import Stripe from "stripe";
import type { InvoiceId, StripeCustomerId, TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import type { Minor } from "@/lib/money/minor";
import { stripe } from "./client";
import { INVOICE_EXPANDED, type InvoiceSnapshot } from "./invoice";
import { wholeInvoice } from "./invoices";

export type ManualInvoice = {
  tenantId: TenantId;
  invoiceId: InvoiceId;
  stripeCustomerId: StripeCustomerId;
  currency: Currency;
  /** Each amount in minor units; quantity and unit stand on our own document. */
  lines: { description: string; amountMinor: Minor }[];
  dueAt: Date;
  memo: string | null;
  taxRateId: string | null;
  /** Not earlier than this instant was it begun. */
  since: Date;
  /** When this try began: the same when it is gone on with, another after Stripe has refused it. */
  triedAt: Date;
};

const unix = (at: Date) => Math.floor(at.getTime() / 1000);

/** The invoice that an earlier try has made already. Stripe forgets keys after a day; its list does not. */
async function begun(input: ManualInvoice): Promise<Stripe.Invoice | null> {
  const invoices = stripe().invoices.list({
    customer: input.stripeCustomerId,
    created: { gte: unix(input.since) - 60 },
    limit: 100,
  });
  for await (const invoice of invoices) if (invoice.metadata?.evenkeel_invoice === input.invoiceId) return invoice;
  return null;
}

async function countLines(invoice: Stripe.Invoice): Promise<number> {
  if (!invoice.lines.has_more) return invoice.lines.data.length;
  let count = 0;
  for await (const _ of stripe().invoices.listLineItems(invoice.id, { limit: 100 })) count++;
  return count;
}

type Key = (step: string) => { idempotencyKey: string };

async function fillAndFinalize(
  input: ManualInvoice,
  draft: Stripe.Invoice,
  there: number,
  key: Key,
): Promise<InvoiceSnapshot> {
  for (const [index, line] of input.lines.entries()) {
    if (index < there) continue;
    await stripe().invoiceItems.create(
      {
        customer: input.stripeCustomerId,
        invoice: draft.id,
        currency: draft.currency,
        amount: line.amountMinor,
        description: line.description,
      },
      key(`line:${index}`),
    );
  }
  const final = await stripe().invoices.finalizeInvoice(
    draft.id,
    { auto_advance: false, expand: INVOICE_EXPANDED },
    key("finalize"),
  );
  return wholeInvoice(final);
}

/**
 * Makes an invoice that was written by hand, and finalises it. Going through it again after a crash in the middle goes on where it
 * stopped: each step has a key of its own, and what is there already is looked for first. One that Stripe refuses is not there afterwards.
 * @throws Stripe's errors
 */
export async function issueManualInvoice(input: ManualInvoice): Promise<InvoiceSnapshot> {
  const key = (step: string) => ({ idempotencyKey: `invoice:${input.invoiceId}:${input.triedAt.getTime()}:${step}` });
  const currency = input.currency.toLowerCase();
  const known = await begun(input);
  if (known && known.status !== "draft")
    return wholeInvoice(await stripe().invoices.retrieve(known.id, { expand: INVOICE_EXPANDED }));
  const draft =
    known ??
    (await stripe().invoices.create(
      {
        customer: input.stripeCustomerId,
        currency,
        collection_method: "send_invoice",
        due_date: unix(input.dueAt),
        auto_advance: false,
        pending_invoice_items_behavior: "exclude",
        ...(input.memo && { description: input.memo }),
        ...(input.taxRateId && { default_tax_rates: [input.taxRateId] }),
        metadata: {
          evenkeel_purpose: "invoice",
          evenkeel_tenant: input.tenantId,
          evenkeel_invoice: input.invoiceId,
        },
      },
      key("create"),
    ));
  try {
    return await fillAndFinalize(input, draft, known ? await countLines(known) : 0, key);
  } catch (error) {
    // What Stripe does not take leaves nothing there: ours may be edited before it is tried again.
    if (error instanceof Stripe.errors.StripeInvalidRequestError) await stripe().invoices.del(draft.id);
    throw error;
  }
}
