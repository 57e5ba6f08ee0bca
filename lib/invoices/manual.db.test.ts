import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries, invoices } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests, now, setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { invoiced, line, openInvoice, pay } from "@/sandbox/testing/invoiced";
import { useWorld } from "@/sandbox/testing/world";
import { markUncollectible, voidInvoice } from "./close";
import { createDraft, deleteDraft, updateDraft } from "./drafts";
import { finalizeInvoice } from "./finalize";
import { tellOverdue } from "./overdue";
import { getInvoice, listInvoices } from "./queries";
import { sendInvoice } from "./send";

useTestDatabase();
const world = useWorld();

// Every story uses the same test cards, whose budget is one for all tenants.
beforeEach(() => systemDb().delete(cardTries));

test("a draft is edited freely, becomes final with the next number, and nothing after that", async () => {
  const acme = await invoiced(world);
  const key = newId();
  const draft = await createDraft(acme.scope, { lines: [line(333, "2.5")], dueAt: null, memo: null }, key);
  // 2.5 × 3.33 = 8.325, rounded half-up.
  expect(draft).toMatchObject({ status: "draft", number: null, totalMinor: 833 });
  expect((await createDraft(acme.scope, { lines: [line(1)], dueAt: null, memo: null }, key)).invoiceId).toBe(
    draft.invoiceId,
  );
  await updateDraft(acme.scope, draft.invoiceId, { lines: [line(10_000), line(5_050, "3")], memo: "PO 4711" });
  await finalizeInvoice(acme.tenantId, draft.invoiceId);
  await world.drain();
  const final = await getInvoice(acme.scope, draft.invoiceId);
  expect(final).toMatchObject({
    status: "open",
    number: "INV-000001",
    totalMinor: 25_150,
    memo: "PO 4711",
    reason: "manual",
  });
  expect(final.lines.map(({ amountMinor }) => amountMinor)).toEqual([10_000, 15_150]);
  expect(final.hostedUrl).toMatch(/^http/);
  expect(final.dueAt?.toISOString()).toBe("2027-03-31T09:00:00.000Z");
  const second = await createDraft(acme.scope, { lines: [line(100)], dueAt: null, memo: null }, newId());
  await deleteDraft(acme.scope, second.invoiceId);
  await openInvoice(world, acme);
  expect((await listInvoices(acme.scope, {}, { limit: 10, cursor: null })).data.map(({ number }) => number)).toEqual([
    "INV-000002",
    "INV-000001",
  ]);
  await expect(updateDraft(acme.scope, draft.invoiceId, { memo: "x" })).rejects.toMatchObject({
    code: "invoice_not_draft",
  });
  await expect(deleteDraft(acme.scope, draft.invoiceId)).rejects.toMatchObject({ code: "invoice_not_draft" });
});

test.each(["create", "line", "finalize"])("a crash at %s is gone on with: one invoice, one number", async (at) => {
  const acme = await invoiced(world);
  const path = { create: "/v1/invoices", line: "/v1/invoiceitems", finalize: "/v1/invoices/*/finalize" }[at];
  const draft = await createDraft(
    acme.scope,
    { lines: [line(1_000), line(2_000), line(3_000)], dueAt: null, memo: null },
    null,
  );
  await world.fault({ match: { method: "POST", path }, times: 10, do: "reset_after" });
  await expect(finalizeInvoice(acme.tenantId, draft.invoiceId)).rejects.toMatchObject({ code: "stripe_unavailable" });
  await world.clearFaults();
  await expect(updateDraft(acme.scope, draft.invoiceId, { memo: "late" })).rejects.toMatchObject({
    code: "invoice_not_draft",
  });
  // A day later Stripe has forgotten the keys.
  setClockForTests(new Date(now().getTime() + 26 * 3_600_000));
  await world.sweep();
  const final = await getInvoice(acme.scope, draft.invoiceId);
  expect(final).toMatchObject({ status: "open", number: "INV-000001", totalMinor: 6_000, amountDueMinor: 6_000 });
  const atStripe = await world.stripeSdk.invoices.list({ customer: String(final.stripeCustomerId) });
  expect(atStripe.data.map(({ status, total }) => [status, total])).toEqual([["open", 6_000]]);
});

test("void, uncollectible, sent, overdue", async () => {
  const acme = await invoiced(world);
  const first = await openInvoice(world, acme);
  await voidInvoice(acme.scope, first);
  await voidInvoice(acme.scope, first);
  expect(await getInvoice(acme.scope, first)).toMatchObject({ status: "void", number: "INV-000001" });
  await expect(markUncollectible(acme.scope, first)).rejects.toMatchObject({ code: "invoice_not_open" });
  const second = await openInvoice(world, acme);
  const key = newId();
  await Promise.all([sendInvoice(acme.scope, second, key), sendInvoice(acme.scope, second, key)]);
  expect((await acme.notices()).filter((kind) => kind === "invoice_sent")).toHaveLength(1);
  await tellOverdue(100);
  advanceClockForTests(31 * 86_400_000);
  await Promise.all([tellOverdue(100), tellOverdue(100)]);
  await tellOverdue(100);
  expect((await acme.notices()).filter((kind) => kind === "invoice_overdue")).toHaveLength(1);
  await markUncollectible(acme.scope, second);
  expect(await getInvoice(acme.scope, second)).toMatchObject({ status: "uncollectible" });
  // It can still be paid.
  await acme.card("pm_card_visa");
  await pay(acme, second);
  await world.drain();
  expect(await getInvoice(acme.scope, second)).toMatchObject({ status: "paid" });
});

test.each([
  ["JPY", 1_000, "3", 3_000],
  ["USD", 1_999, "3", 5_997],
  ["KWD", 12_340, "1.5", 18_510],
])("in %s", async (currency, unitMinor, quantity, totalMinor) => {
  const acme = await invoiced(world, currency);
  await acme.card("pm_card_visa");
  const invoiceId = await openInvoice(world, acme, unitMinor, quantity);
  expect(await getInvoice(acme.scope, invoiceId)).toMatchObject({ status: "open", totalMinor });
  await pay(acme, invoiceId);
  await world.drain();
  expect(await getInvoice(acme.scope, invoiceId)).toMatchObject({ status: "paid", amountPaidMinor: totalMinor });
  expect((await acme.paid()).map(({ amount, currency: code }) => [amount, code])).toEqual([
    [totalMinor, currency.toLowerCase()],
  ]);
});

test("another tenant's invoice is not there", async () => {
  const acme = await invoiced(world);
  const globex = await invoiced(world);
  const invoiceId = await openInvoice(world, acme);
  for (const work of [
    () => getInvoice(globex.scope, invoiceId),
    () => pay(globex, invoiceId),
    () => voidInvoice(globex.scope, invoiceId),
    () => updateDraft(globex.scope, invoiceId, { memo: "x" }),
  ])
    await expect(work()).rejects.toMatchObject({ code: "not_found" });
  expect(await systemDb().$count(invoices, eq(invoices.tenantId, globex.tenantId))).toBe(0);
});
