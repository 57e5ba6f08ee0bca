import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries, subscriptionChanges } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { runDunning } from "@/lib/dunning/run";
import { newId } from "@/lib/ids";
import { payByCustomer } from "@/lib/invoices/pay-by-customer";
import { getInvoice } from "@/lib/invoices/queries";
import {
  cardFails,
  casesOf,
  outcomesOf,
  renewalOf,
  type Subscriber,
  stepsOf,
  subscriber,
  triesOf,
  untilFailed,
} from "@/sandbox/testing/dunned";
import { useWorld } from "@/sandbox/testing/world";
import { cancelSubscription } from "./cancel";
import { previewCancel } from "./preview-end";
import { liveSubscription } from "./queries";

useTestDatabase();
const world = useWorld();
// Every story uses the same test cards, whose budget is one for all tenants.
beforeEach(() => systemDb().delete(cardTries));

const PAY = { method: "POST", path: "/v1/invoices/*/pay" };
const VOID = { method: "POST", path: "/v1/invoices/*/void" };

/** Starter, whose renewal over 29.00 was declined. */
async function pastDue(): Promise<Subscriber & { id: string }> {
  const one = await subscriber(world);
  await cardFails(world, one);
  await untilFailed(world, one);
  const { subscriptionId, status } = await liveSubscription(one.acme.scope);
  expect(status).toBe("past_due");
  return { ...one, id: subscriptionId };
}

const cancelNow = ({ acme, id }: { acme: Subscriber["acme"]; id: string }) =>
  cancelSubscription(acme.scope, id, { when: "now", reason: null, requestKey: newId() });
const charged = async (acme: Subscriber["acme"]) => (await acme.paid()).map(({ amount }) => amount).reverse();
const pass = (days: number) => world.pass(days * 1_440, 720);
const statusAtStripe = async (acme: Subscriber["acme"]) =>
  (await world.stripeSdk.invoices.retrieve(String((await renewalOf(acme)).stripeInvoiceId))).status;

async function expectOver({ acme }: Subscriber): Promise<void> {
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free", status: "active" });
  expect(await renewalOf(acme)).toMatchObject({ status: "void", amountPaidMinor: 0 });
  expect(await statusAtStripe(acme)).toBe("void");
  expect(await casesOf(acme)).toMatchObject([{ state: "canceled", outcome: "subscription_canceled" }]);
}

test("ended now, what is not delivered is not owed: the invoice is void, the timetable over, a new card charges nothing", async () => {
  const one = await pastDue();
  const { acme } = one;
  const { number, invoiceId } = await renewalOf(acme);
  expect((await previewCancel(acme.scope, one.id, "now")).withdrawn).toEqual({
    creditMinor: 0,
    invoices: [{ invoiceId, number, amountMinor: 2_900 }],
  });
  await cancelNow(one);
  await expectOver(one);
  expect(new Set(await outcomesOf(acme))).toEqual(
    new Set(["attempt", "grace_warning", "end"].map((kind) => `${kind}: skipped:subscription_canceled`)),
  );
  await acme.card("pm_card_mastercard");
  await world.drain();
  await pass(40);
  expect(await charged(acme)).toEqual([2_900]);
  expect((await acme.notices()).slice(-2)).toEqual(["invoice_failed", "subscription_ended"]);
  await expectOver(one);
});

test("ended at Stripe by somebody else, it is the same", async () => {
  const one = await pastDue();
  await world.stripeSdk.subscriptions.cancel(one.stripeSubscriptionId);
  await world.drain();
  await expectOver(one);
  await one.acme.card("pm_card_mastercard");
  await world.drain();
  await pass(10);
  expect(await charged(one.acme)).toEqual([2_900]);
});

test("a void that Stripe did not hear of is made later, and nothing is charged until then", async () => {
  const one = await pastDue();
  const { acme } = one;
  const { invoiceId } = await renewalOf(acme);
  await world.fault({ match: VOID, times: 10, do: "reset_before" });
  await cancelNow(one);
  expect(await renewalOf(acme)).toMatchObject({ status: "open" });
  await acme.card("pm_card_mastercard");
  await world.drain();
  await runDunning();
  await expect(
    payByCustomer(acme.scope, invoiceId, { paymentMethodId: null, requestKey: newId() }),
  ).rejects.toMatchObject({ code: "invoice_not_open" });
  await world.clearFaults();
  await world.pass(10);
  await expectOver(one);
  expect(await charged(acme)).toEqual([2_900]);
});

test("while nobody knows whether it ended, nothing is collected for it", async () => {
  const one = await pastDue();
  const { acme } = one;
  await world.fault({
    match: { method: "DELETE", path: `/v1/subscriptions/${one.stripeSubscriptionId}` },
    times: 10,
    do: "reset_before",
  });
  await expect(cancelNow(one)).rejects.toMatchObject({ code: "stripe_unavailable" });
  await acme.card("pm_card_mastercard");
  await world.drain();
  await runDunning();
  expect(await triesOf(acme)).toEqual([]);
  await world.clearFaults();
  await world.pass(15);
  const [change] = await systemDb()
    .select({ state: subscriptionChanges.state })
    .from(subscriptionChanges)
    .where(and(eq(subscriptionChanges.tenantId, acme.tenantId), eq(subscriptionChanges.kind, "cancel")));
  expect(change).toEqual({ state: "applied" });
  await expectOver(one);
  expect(await charged(acme)).toEqual([2_900]);
});

test.each([
  ["reached Stripe", "reset_after", "paid", [2_900, 2_900]],
  ["never reached Stripe", "reset_before", "void", [2_900]],
] as const)(
  "a payment on its way that %s is found out about before anything is voided",
  async (_, how, status, paid) => {
    const one = await pastDue();
    const { acme } = one;
    const { invoiceId } = await renewalOf(acme);
    const good = await acme.card("pm_card_mastercard");
    world.loseEvents();
    world.webhooksDown = true;
    await world.fault({ match: PAY, times: 10, do: how });
    const { payment } = await payByCustomer(acme.scope, invoiceId, { paymentMethodId: good, requestKey: newId() });
    expect(payment.state).toBe("unknown");
    await world.clearFaults();
    await cancelNow(one);
    expect(await renewalOf(acme)).toMatchObject({ status: "open" });
    world.webhooksDown = false;
    await world.pass(15);
    expect(await renewalOf(acme)).toMatchObject({ status });
    expect(await statusAtStripe(acme)).toBe(status);
    expect(await charged(acme)).toEqual(paid);
    const { payments, dunning } = await getInvoice(acme.scope, invoiceId);
    expect(payments[0]?.state).toBe(status === "paid" ? "succeeded" : "failed");
    expect(dunning?.state).toBe("canceled");
    expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free" });
  },
);

test("an attempt of the timetable and the end at once: it is paid or it is void, and nothing comes after", async () => {
  const one = await pastDue();
  const { acme } = one;
  // As if the bank would say yes this time.
  await acme.card("pm_card_mastercard");
  world.loseEvents();
  const [first] = await stepsOf(acme);
  setClockForTests(new Date(Number(first?.dueAt) + 60_000));
  await Promise.allSettled([runDunning(), cancelNow(one)]);
  await world.drain();
  await world.pass(30);
  const { status } = await renewalOf(acme);
  expect(["paid", "void"]).toContain(status);
  expect(await statusAtStripe(acme)).toBe(status);
  const after = await charged(acme);
  expect(after).toEqual(status === "paid" ? [2_900, 2_900] : [2_900]);
  await acme.card("pm_card_visa_debit");
  await world.drain();
  await pass(10);
  expect(await charged(acme)).toEqual(after);
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free" });
  expect((await acme.notices()).filter((kind) => kind === "dunning_grace_ending" || kind === "dunning_ended")).toEqual(
    [],
  );
});
