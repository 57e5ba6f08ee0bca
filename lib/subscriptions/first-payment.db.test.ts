import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { invoices, transactions } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { type InvoiceId, newId } from "@/lib/ids";
import { getInvoice } from "@/lib/invoices/queries";
import { useWorld } from "@/sandbox/testing/world";
import { listSubscriptions } from "./queries";

useTestDatabase();
const world = useWorld();

test("a first payment that is declined says so everywhere, and leaves no plan behind", async () => {
  setClockForTests("2027-01-31T12:00:00Z");
  const acme = await world.customer();
  await acme.card("pm_card_chargeCustomerFail");
  await expect(acme.subscribe()).rejects.toMatchObject({
    code: "payment_method_declined",
    detail: expect.stringContaining("Nothing was charged, and your plan has not changed."),
    options: { fields: [{ path: "paymentMethodId", message: "declined" }] },
  });
  const ofTenant = eq(invoices.tenantId, acme.tenantId);
  for (const heard of ["before the webhooks", "after them"]) {
    if (heard === "after them") await world.drain();
    const [invoice] = await systemDb().select().from(invoices).where(ofTenant);
    // Stripe made it final and then void: it keeps the number that it had.
    expect(invoice).toMatchObject({ number: "INV-000001", status: "void", reason: "subscription_create" });
    const { payments, collected, dunning } = await getInvoice(acme.scope, String(invoice?.invoiceId));
    expect(payments).toMatchObject([
      { trigger: "stripe", state: "failed", failureCode: "card_declined", declineCode: "generic_decline" },
    ]);
    expect(collected).toEqual([]);
    expect(dunning).toBeNull();
    const listed = await systemDb()
      .select({ status: transactions.status, amountMinor: transactions.amountMinor })
      .from(transactions)
      .where(eq(transactions.invoiceId, invoice?.invoiceId ?? newId<InvoiceId>()));
    expect(listed).toEqual([{ status: "failed", amountMinor: 2_900 }]);
  }
  const { data } = await listSubscriptions(acme.scope, { limit: 10, cursor: null });
  expect(data.map(({ plan, status }) => [plan, status])).toEqual([["free", "active"]]);
  expect(await acme.paid()).toEqual([]);
});
