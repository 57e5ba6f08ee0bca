import { z } from "zod";
import { PLAN_IDS } from "@/lib/plans/types";

const coupon = z
  .string()
  .trim()
  .max(100)
  .transform((code) => code || null);
const wish = { plan: z.enum(PLAN_IDS), cycle: z.enum(["monthly", "yearly"]), coupon };

export const previewSchema = z.strictObject(wish);

export const changeSchema = z.strictObject({
  ...wish,
  /** Of the preview that was shown. */
  prorationAt: z.date(),
  expectedMinor: z.int().min(0),
  requestKey: z.uuid(),
});

export const resumeSchema = z.strictObject({ expectedMinor: z.int().min(0), requestKey: z.uuid() });

export const cancelSchema = z.strictObject({
  when: z.enum(["period_end", "now"]),
  reason: z
    .string()
    .trim()
    .max(500)
    .transform((text) => text || null),
  requestKey: z.uuid(),
});
