import { z } from "zod";
import { boolean, clearable, clearableText, integer, metadata, oneOf, text, textUpTo } from "../../http/parameters";
import { automaticPaymentMethods, confirmation, methodChoice, methodOptions } from "../intent-parameters";
import { paymentMethodData } from "../payment-methods/parameters";
import { shippingParameters } from "../shipping";

const described = {
  description: clearable(textUpTo(1000)).optional(),
  receipt_email: clearableText.optional(),
  shipping: clearable(shippingParameters).optional(),
  statement_descriptor: textUpTo(22).optional(),
  statement_descriptor_suffix: textUpTo(22).optional(),
  transfer_group: text.optional(),
};

const futureUsage = oneOf("off_session", "on_session");
const captureMethod = oneOf("automatic", "automatic_async", "manual");
const offSession = z.union([oneOf("one_off", "recurring"), boolean]);

export const createParameters = {
  ...described,
  ...methodChoice,
  ...confirmation,
  amount: integer,
  automatic_payment_methods: automaticPaymentMethods.optional(),
  capture_method: captureMethod.optional(),
  confirm: boolean.optional(),
  confirmation_method: oneOf("automatic", "manual").optional(),
  currency: text,
  customer: text.optional(),
  error_on_requires_action: boolean.optional(),
  metadata: metadata.optional(),
  off_session: offSession.optional(),
  setup_future_usage: futureUsage.optional(),
};

export const updateParameters = {
  ...described,
  ...methodChoice,
  amount: integer.optional(),
  capture_method: captureMethod.optional(),
  currency: text.optional(),
  customer: text.optional(),
  metadata: clearable(metadata).optional(),
  payment_method: text.optional(),
  payment_method_data: paymentMethodData.optional(),
  payment_method_options: methodOptions.optional(),
  setup_future_usage: clearable(futureUsage).optional(),
};

export const confirmParameters = {
  ...methodChoice,
  ...confirmation,
  capture_method: captureMethod.optional(),
  error_on_requires_action: boolean.optional(),
  off_session: offSession.optional(),
  receipt_email: clearableText.optional(),
  setup_future_usage: clearable(futureUsage).optional(),
  shipping: clearable(shippingParameters).optional(),
};

export const captureParameters = {
  amount_to_capture: integer.optional(),
  final_capture: boolean.optional(),
  metadata: clearable(metadata).optional(),
  statement_descriptor: textUpTo(22).optional(),
  statement_descriptor_suffix: textUpTo(22).optional(),
};

/** What Stripe accepts beyond that. */
export const UNSUPPORTED = [
  "amount_details",
  "amount_to_confirm",
  "application_fee_amount",
  "customer_account",
  "hooks",
  "mandate",
  "on_behalf_of",
  "payment_details",
  "payment_method_configuration",
  "radar_options",
  "transfer_data",
] as const;

export type CreateInput = z.output<z.ZodObject<typeof createParameters>>;
export type UpdateInput = z.output<z.ZodObject<typeof updateParameters>>;
export type CaptureInput = z.output<z.ZodObject<typeof captureParameters>>;
export type ConfirmInput = z.output<z.ZodObject<typeof confirmParameters>>;
