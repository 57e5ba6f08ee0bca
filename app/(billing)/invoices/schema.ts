import { z } from "zod";

export const invoiceId = z.uuid();

export const draftSchema = z.strictObject({
  lines: z
    .array(z.strictObject({ description: z.string().max(500), quantity: z.string().max(30), unit: z.string().max(40) }))
    .min(1)
    .max(200),
  /** A day of the tenant, or empty. */
  due: z.union([z.iso.date(), z.literal("")]),
  memo: z.string().trim().max(1000),
  finalize: z.boolean(),
  requestKey: z.uuid(),
});
export type DraftForm = z.input<typeof draftSchema>;

export const paySchema = z.strictObject({
  invoiceId,
  paymentMethodId: z.union([z.string().regex(/^pm_\w{1,250}$/), z.literal("")]),
  requestKey: z.uuid(),
});

export const creditSchema = z.strictObject({
  invoiceId,
  typed: z.string().max(40),
  reason: z.string().trim().max(500),
  requestKey: z.uuid(),
});
