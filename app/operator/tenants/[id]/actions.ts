"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requireOperator, setCurrentTenant } from "@/lib/auth/gate";

/** Where an operator may go straight from a customer's page in the console. */
const wanted = z.union([
  z.enum(["/", "/transactions", "/invoices", "/subscription", "/auto-recharge", "/payment-methods"]),
  z.string().regex(/^\/(transactions|invoices)\/[0-9a-f-]{36}$/),
]);

/** Makes the tenant the operator's current one and goes to one of its pages, where everything that its admins do can be done. */
export async function openTenantAction(form: FormData): Promise<void> {
  await requireOperator();
  const to = wanted.parse(form.get("to"));
  await setCurrentTenant(z.uuid().parse(form.get("tenantId")));
  redirect(to);
}
