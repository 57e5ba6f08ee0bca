import { z } from "zod";
import { clearable, decimal, integer, metadata, oneOf, strict, text, texts } from "../../http/parameters";

const line = strict({
  amount: integer.optional(),
  description: text.optional(),
  invoice_line_item: text.optional(),
  metadata: metadata.optional(),
  quantity: integer.optional(),
  tax_amounts: clearable(
    z.array(strict({ amount: integer, tax_rate: text, taxable_amount: integer })).max(20),
  ).optional(),
  tax_rates: clearable(texts).optional(),
  type: oneOf("custom_line_item", "invoice_line_item"),
  unit_amount: integer.optional(),
  unit_amount_decimal: decimal.optional(),
});

const refund = strict({
  amount_refunded: integer.optional(),
  refund: text.optional(),
  type: oneOf("payment_record_refund", "refund").optional(),
});

/** What creation and both previews accept. */
export const creation = {
  amount: integer.optional(),
  credit_amount: integer.optional(),
  effective_at: integer.optional(),
  /** The stand-in sends no mail to customers, as Stripe sends none in test mode. */
  email_type: oneOf("credit_note", "none").optional(),
  invoice: text,
  lines: z.array(line).optional(),
  memo: text.optional(),
  metadata: metadata.optional(),
  out_of_band_amount: integer.optional(),
  reason: oneOf("duplicate", "fraudulent", "order_change", "product_unsatisfactory").optional(),
  refund_amount: integer.optional(),
  refunds: z.array(refund).optional(),
};

/** Shipping costs are on no invoice of the stand-in. */
export const UNSUPPORTED = ["shipping_cost"] as const;

export type CreditNoteInput = z.output<z.ZodObject<typeof creation>>;
export type CreditLineInput = z.output<typeof line>;
