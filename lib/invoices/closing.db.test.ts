import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries, invoices } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now } from "@/lib/clock";
import { type InvoiceId, newId } from "@/lib/ids";
import { invoiced, listedOf, openInvoice, pay } from "@/sandbox/testing/invoiced";
import { useWorld } from "@/sandbox/testing/world";
import { markUncollectible, voidInvoice } from "./close";
import { creditInvoice } from "./credit";

useTestDatabase();
const world = useWorld();
beforeEach(() => systemDb().delete(cardTries));

const isInvoice = (invoiceId: string) => eq(invoices.invoiceId, invoiceId as InvoiceId);

test("an invoice that is voided while it is given up is not answered as given up", async () => {
  const acme = await invoiced(world);
  const invoiceId = await openInvoice(world, acme);
  const path = "/v1/invoices/*/mark_uncollectible";
  await world.fault({ match: { method: "POST", path }, times: 1, delayMs: 400 });
  const givenUp = markUncollectible(acme.scope, invoiceId).catch((error) => error);
  await new Promise((resolve) => setTimeout(resolve, 150));
  // What the news of a void at Stripe writes, before the slow answer is here.
  const later = new Date(now().getTime() + 1_000);
  await systemDb()
    .update(invoices)
    .set({ status: "void", voidedAt: later, syncedAt: later })
    .where(isInvoice(invoiceId));
  expect(await givenUp).toMatchObject({ code: "invoice_not_open", detail: "the invoice is void" });
});

test("both at once: each is answered with what it asked for, or refused", async () => {
  const acme = await invoiced(world);
  for (let round = 0; round < 3; round++) {
    const invoiceId = await openInvoice(world, acme);
    const [voided, givenUp] = await Promise.allSettled([
      voidInvoice(acme.scope, invoiceId),
      markUncollectible(acme.scope, invoiceId),
    ]);
    expect(voided).toMatchObject({ status: "fulfilled", value: { status: "void" } });
    if (givenUp.status === "fulfilled") expect(givenUp.value.status).toBe("uncollectible");
    else expect(givenUp.reason).toMatchObject({ code: "invoice_not_open" });
  }
});

test("a payment that nobody ever tried is not listed when its invoice is voided or credited; one that was declined is", async () => {
  const acme = await invoiced(world);
  await voidInvoice(acme.scope, await openInvoice(world, acme));
  const requestKey = newId();
  await creditInvoice(acme.scope, await openInvoice(world, acme), { amountMinor: null, reason: null, requestKey });
  await world.drain();
  await world.sweep();
  expect(await listedOf(acme)).toEqual([]);
  await acme.card("pm_card_chargeDeclined").catch(() => null);
  await acme.card("pm_card_chargeCustomerFail");
  const declined = await openInvoice(world, acme, 7_000);
  await expect(pay(acme, declined)).rejects.toMatchObject({ code: "payment_method_declined" });
  await voidInvoice(acme.scope, declined);
  await world.drain();
  expect((await listedOf(acme)).map(({ type, amount }) => [type, amount])).toEqual([["payment", 7_000]]);
});
