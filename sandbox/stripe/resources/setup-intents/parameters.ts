import type { z } from "zod";
import { boolean, clearable, clearableText, metadata, oneOf, text } from "../../http/parameters";
import { automaticPaymentMethods, confirmation, methodChoice, methodOptions } from "../intent-parameters";
import { paymentMethodData } from "../payment-methods/parameters";

export const createParameters = {
  ...methodChoice,
  ...confirmation,
  automatic_payment_methods: automaticPaymentMethods.optional(),
  confirm: boolean.optional(),
  customer: text.optional(),
  description: clearableText.optional(),
  metadata: metadata.optional(),
  usage: oneOf("off_session", "on_session").optional(),
};

export const updateParameters = {
  ...methodChoice,
  customer: text.optional(),
  description: clearableText.optional(),
  metadata: clearable(metadata).optional(),
  payment_method: text.optional(),
  payment_method_data: paymentMethodData.optional(),
  payment_method_options: methodOptions.optional(),
};

export const confirmParameters = confirmation;

/** What Stripe accepts beyond that. */
export const UNSUPPORTED = [
  "attach_to_self",
  "customer_account",
  "flow_directions",
  "on_behalf_of",
  "payment_method_configuration",
  "single_use",
] as const;

export type CreateInput = z.output<z.ZodObject<typeof createParameters>>;
export type UpdateInput = z.output<z.ZodObject<typeof updateParameters>>;
export type ConfirmInput = z.output<z.ZodObject<typeof confirmParameters>>;
