import { z } from "zod";

const typed = z.string().max(40);

/** The form of the rule as it arrives at the server: amounts as typed, in major units. */
export const ruleSchema = z.strictObject({
  enabled: z.boolean(),
  min: typed,
  target: typed,
  paymentMethodId: typed,
  backupPaymentMethodId: typed,
  limits: z.strictObject({
    minCharge: typed,
    maxCharge: typed,
    maxPerDay: typed,
    maxPerMonth: typed,
    minIntervalMinutes: typed,
    maxChargesPerDay: typed,
  }),
  consent: z.boolean(),
});

export const topUpSchema = z.strictObject({ typed, requestKey: z.uuid() });
