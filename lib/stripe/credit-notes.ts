import Stripe from "stripe";
import type { TenantId } from "@/lib/ids";
import { type Minor, toMinor } from "@/lib/money/minor";
import { stripe } from "./client";

/** What Stripe says of a credit note now. */
export type CreditNoteSnapshot = {
  stripeCreditNoteId: string;
  stripeInvoiceId: string;
  /** Ours, when it was made here. */
  creditNoteId: string | null;
  amountMinor: Minor;
  reason: string | null;
  isVoid: boolean;
  createdAt: Date;
};

/** As with charges: `unknown` is not `refused`. */
export type CreditNoteOutcome =
  | { kind: "note"; note: CreditNoteSnapshot }
  | { kind: "refused"; code: string; message: string }
  | { kind: "unknown"; message: string; replayed: boolean };

function snapshotOf(note: Stripe.CreditNote): CreditNoteSnapshot {
  return {
    stripeCreditNoteId: note.id,
    stripeInvoiceId: typeof note.invoice === "string" ? note.invoice : note.invoice.id,
    creditNoteId: note.metadata?.evenkeel_credit_note ?? null,
    amountMinor: toMinor(note.total),
    reason: note.memo,
    isVoid: note.status === "void",
    createdAt: new Date(note.created * 1000),
  };
}

/**
 * Writes a credit note. Of an open invoice it lowers what is asked for; of a paid one it names the refund that gave it back.
 * Our note's id is the idempotency key. Never throws.
 */
export async function createCreditNote(input: {
  tenantId: TenantId;
  creditNoteId: string;
  stripeInvoiceId: string;
  amountMinor: Minor;
  reason: string | null;
  stripeRefundId: string | null;
}): Promise<CreditNoteOutcome> {
  try {
    const made = await stripe().creditNotes.create(
      {
        invoice: input.stripeInvoiceId,
        amount: input.amountMinor,
        email_type: "none",
        ...(input.reason && { memo: input.reason }),
        ...(input.stripeRefundId && {
          refunds: [{ refund: input.stripeRefundId, amount_refunded: input.amountMinor }],
        }),
        metadata: { evenkeel_tenant: input.tenantId, evenkeel_credit_note: input.creditNoteId },
      },
      { idempotencyKey: input.creditNoteId },
    );
    return { kind: "note", note: snapshotOf(made) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const refused =
      error instanceof Stripe.errors.StripeInvalidRequestError ||
      error instanceof Stripe.errors.StripeAuthenticationError ||
      error instanceof Stripe.errors.StripePermissionError;
    if (refused) return { kind: "refused", code: error.code ?? error.type, message };
    const replayed = error instanceof Stripe.errors.StripeError && error.headers?.["idempotent-replayed"] === "true";
    return { kind: "unknown", message, replayed };
  }
}

/** @throws Stripe's errors */
export async function fetchCreditNote(stripeCreditNoteId: string): Promise<CreditNoteSnapshot> {
  return snapshotOf(await stripe().creditNotes.retrieve(stripeCreditNoteId));
}

/** Every credit note of an invoice, newest first. @throws Stripe's errors */
export async function listCreditNotes(stripeInvoiceId: string): Promise<CreditNoteSnapshot[]> {
  const found: CreditNoteSnapshot[] = [];
  for await (const note of stripe().creditNotes.list({ invoice: stripeInvoiceId, limit: 100 }))
    found.push(snapshotOf(note));
  return found;
}
