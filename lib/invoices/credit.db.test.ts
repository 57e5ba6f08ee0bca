import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { accountsOf, invoiced, openInvoice, pay } from "@/sandbox/testing/invoiced";
import { useWorld } from "@/sandbox/testing/world";
import { creditInvoice } from "./credit";
import { getInvoice } from "./queries";

useTestDatabase();
const world = useWorld();

// Every story uses the same test cards, whose budget is one for all tenants.
beforeEach(() => systemDb().delete(cardTries));

test("a credit note lowers an open invoice, and gives back what was paid of a paid one", async () => {
  const acme = await invoiced(world);
  await acme.card("pm_card_visa");
  const invoiceId = await openInvoice(world, acme);
  const key = newId();
  const input = { amountMinor: toMinor(2_500), reason: "a day fell through", requestKey: key };
  const note = await creditInvoice(acme.scope, invoiceId, input);
  expect(note).toMatchObject({ state: "issued", number: "CN-000001", refundId: null });
  expect((await creditInvoice(acme.scope, invoiceId, input)).creditNoteId).toBe(note.creditNoteId);
  await world.drain();
  expect(await getInvoice(acme.scope, invoiceId)).toMatchObject({ amountDueMinor: 7_500, creditedMinor: 2_500 });
  await pay(acme, invoiceId);
  await world.drain();
  const back = await creditInvoice(acme.scope, invoiceId, {
    amountMinor: toMinor(3_000),
    reason: null,
    requestKey: newId(),
  });
  expect(back).toMatchObject({ state: "issued", number: "CN-000002" });
  await world.drain();
  expect(await accountsOf(acme)).toEqual({ stripe: -4_500, invoice_revenue: 4_500 });
  await expect(
    creditInvoice(acme.scope, invoiceId, { amountMinor: toMinor(4_501), reason: null, requestKey: newId() }),
  ).rejects.toMatchObject({ code: "invalid_request" });
  await creditInvoice(acme.scope, invoiceId, { amountMinor: null, reason: null, requestKey: newId() });
  await world.drain();
  const after = await getInvoice(acme.scope, invoiceId);
  expect(after).toMatchObject({ status: "paid", creditedMinor: 10_000, refundedMinor: 7_500 });
  expect(after.creditNotes.map(({ number }) => number)).toEqual(["CN-000003", "CN-000002", "CN-000001"]);
  expect(await accountsOf(acme)).toEqual({ stripe: 0, invoice_revenue: 0 });
});

test("a credit note whose answer was lost is written once", async () => {
  const acme = await invoiced(world);
  await acme.card("pm_card_visa");
  const invoiceId = await openInvoice(world, acme);
  await pay(acme, invoiceId);
  await world.drain();
  await world.fault({ match: { method: "POST", path: "/v1/credit_notes" }, times: 10, do: "reset_after" });
  const note = await creditInvoice(acme.scope, invoiceId, { amountMinor: null, reason: null, requestKey: newId() });
  expect(note.state).toBe("unknown");
  await world.clearFaults();
  advanceClockForTests(5 * 60_000);
  await world.sweep();
  const { creditNotes, stripeInvoiceId } = await getInvoice(acme.scope, invoiceId);
  expect(creditNotes).toMatchObject([{ state: "issued", number: "CN-000001", amountMinor: 10_000 }]);
  const atStripe = await world.stripeSdk.creditNotes.list({ invoice: String(stripeInvoiceId) });
  expect(atStripe.data).toHaveLength(1);
});
