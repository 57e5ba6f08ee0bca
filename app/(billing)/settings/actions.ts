"use server";

import { z } from "zod";
import { answer } from "@/app/answer";
import { LOCALES } from "@/components/layout/locales";
import { requireScope } from "@/lib/auth/gate";
import { COUNTRIES } from "@/lib/tenants/countries";
import { saveOrganisation } from "@/lib/tenants/organisation";

/** An empty field says that there is none. */
const line = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .transform((text) => text || null);

const details = z.strictObject({
  name: z.string().trim().min(1).max(100),
  legalName: line(200),
  taxId: line(30),
  billingEmail: z.union([z.literal("").transform(() => null), z.email().max(200)]),
  address: z.strictObject({
    line1: line(200),
    line2: line(200),
    city: line(200),
    state: line(200),
    postalCode: line(30),
    country: z.union([z.literal("").transform(() => null), z.string().refine((code) => COUNTRIES.includes(code))]),
  }),
  timeZone: z.string().max(100),
  locale: z.enum(LOCALES),
});

export async function saveOrganisationAction(input: unknown) {
  return answer(async () => {
    const scope = await requireScope("admin");
    const { address, ...rest } = details.parse(input);
    const isEmpty = Object.values(address).every((part) => part === null);
    await saveOrganisation(scope, { ...rest, address: isEmpty ? null : address });
    return null;
  });
}
