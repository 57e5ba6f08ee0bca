import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries, invoicePayments } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests, now } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { accountsOf, invoiced, listedOf, openInvoice, pay } from "@/sandbox/testing/invoiced";
import { useWorld } from "@/sandbox/testing/world";
import { payByCustomer } from "./pay-by-customer";
import { getInvoice } from "./queries";
import { retryFailedPayments } from "./retries";

useTestDatabase();
const world = useWorld();

// Every story uses the same test cards, whose budget is one for all tenants.
beforeEach(() => systemDb().delete(cardTries));

test("paid by a saved card: once, whatever is repeated; in the ledger and in the list", async () => {
  const acme = await invoiced(world);
  await acme.card("pm_card_visa");
  const invoiceId = await openInvoice(world, acme);
  const key = newId();
  const results = await Promise.allSettled([
    pay(acme, invoiceId, key),
    pay(acme, invoiceId, key),
    pay(acme, invoiceId),
  ]);
  expect(results.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(1);
  await world.drain();
  expect(await getInvoice(acme.scope, invoiceId)).toMatchObject({ status: "paid", amountPaidMinor: 10_000 });
  expect(await acme.paid()).toHaveLength(1);
  expect(await accountsOf(acme)).toEqual({ stripe: -10_000, invoice_revenue: 10_000 });
  expect(await listedOf(acme)).toEqual([{ type: "payment", status: "succeeded", amount: 10_000 }]);
  expect(await acme.notices()).toContain("invoice_paid");
  await expect(pay(acme, invoiceId)).rejects.toMatchObject({ code: "invoice_not_open" });
});

test("a status that is out of date here is brought up to date, and told", async () => {
  const acme = await invoiced(world);
  await acme.card("pm_card_visa");
  const invoiceId = await openInvoice(world, acme);
  world.webhooksDown = true;
  const { stripeInvoiceId } = await getInvoice(acme.scope, invoiceId);
  await world.stripeSdk.invoices.voidInvoice(String(stripeInvoiceId));
  await expect(pay(acme, invoiceId)).rejects.toMatchObject({ code: "invoice_not_open" });
  world.webhooksDown = false;
  expect(await getInvoice(acme.scope, invoiceId)).toMatchObject({ status: "void" });
  expect(
    await systemDb().$count(cardTries, and(eq(cardTries.tenantId, acme.tenantId), eq(cardTries.succeeded, false))),
  ).toBe(0);
});

test("an answer that was lost is asked for, and nothing is charged twice", async () => {
  const acme = await invoiced(world);
  await acme.card("pm_card_visa");
  const invoiceId = await openInvoice(world, acme);
  await world.fault({ match: { method: "POST", path: "/v1/invoices/*/pay" }, times: 10, do: "reset_after" });
  world.webhooksDown = true;
  expect((await pay(acme, invoiceId)).payment).toMatchObject({ state: "unknown" });
  await expect(pay(acme, invoiceId)).rejects.toMatchObject({ code: "payment_in_progress" });
  await world.clearFaults();
  advanceClockForTests(5 * 60_000);
  await world.sweep();
  world.webhooksDown = false;
  expect(await getInvoice(acme.scope, invoiceId)).toMatchObject({ status: "paid", payments: [{ state: "succeeded" }] });
  expect(await acme.paid()).toHaveLength(1);
});

test("declined: said so, repeated after an hour and two within the budget, then left alone", async () => {
  const acme = await invoiced(world);
  await acme.card("pm_card_chargeCustomerFail");
  const invoiceId = await openInvoice(world, acme);
  await expect(pay(acme, invoiceId)).rejects.toMatchObject({ code: "payment_method_declined", status: 402 });
  for (let hour = 0; hour < 12; hour++) {
    advanceClockForTests(3_600_000);
    await Promise.all([retryFailedPayments(10), retryFailedPayments(10)]);
  }
  const { payments, dunning } = await getInvoice(acme.scope, invoiceId);
  expect(payments.map(({ trigger, state }) => [trigger, state])).toEqual([
    ["retry", "failed"],
    ["retry", "failed"],
    ["customer", "failed"],
  ]);
  expect(dunning).toBeNull();
});

test("the sixteenth try of a card in thirty days is refused before Stripe is asked", async () => {
  const acme = await invoiced(world);
  const method = await acme.card("pm_card_chargeCustomerFail");
  const invoiceId = await openInvoice(world, acme);
  const fingerprint = (await world.stripeSdk.paymentMethods.retrieve(method)).card?.fingerprint;
  await systemDb()
    .insert(cardTries)
    .values(
      Array.from({ length: 14 }, () => ({
        tenantId: acme.tenantId,
        tryId: newId(),
        fingerprint: String(fingerprint),
        purpose: "recharge",
        createdAt: now(),
      })),
    );
  await expect(pay(acme, invoiceId)).rejects.toMatchObject({ code: "payment_method_declined" });
  const before = (await world.requests("POST", /\/pay$/)).length;
  await expect(pay(acme, invoiceId)).rejects.toMatchObject({ code: "card_budget_exhausted" });
  expect((await world.requests("POST", /\/pay$/)).length).toBe(before);
  expect(await systemDb().$count(invoicePayments, eq(invoicePayments.tenantId, acme.tenantId))).toBe(1);
});

test("the customer's bank wants to ask: finished in the browser with the secret", async () => {
  const acme = await invoiced(world);
  await acme.card("pm_card_authenticationRequired");
  const invoiceId = await openInvoice(world, acme);
  const { payment, clientSecret } = await pay(acme, invoiceId);
  expect(payment.state).toBe("requires_action");
  expect(clientSecret).toMatch(/^pi_.*_secret_/);
  // Another card pays instead: the same payment at Stripe, which cannot be paid twice.
  const good = await acme.card("pm_card_visa");
  await payByCustomer(acme.scope, invoiceId, { paymentMethodId: good, requestKey: newId() });
  await world.drain();
  expect(await getInvoice(acme.scope, invoiceId)).toMatchObject({ status: "paid" });
  expect(await acme.paid()).toHaveLength(1);
});
