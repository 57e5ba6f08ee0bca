import { and, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { cardTries, dunningSteps } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { now, setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { payByCustomer } from "@/lib/invoices/pay-by-customer";
import { getInvoice } from "@/lib/invoices/queries";
import { syncCustomerMethods } from "@/lib/payment-methods/sync";
import { liveSubscription } from "@/lib/subscriptions/queries";
import {
  atStep,
  cardFails,
  casesOf,
  declinesAtStripe,
  outcomesOf,
  renewalOf,
  type Subscriber,
  stepsOf,
  subscriber,
  triesOf,
  untilFailed,
} from "@/sandbox/testing/dunned";
import { useWorld } from "@/sandbox/testing/world";
import { shownSteps } from "./attempts";
import { runDunning } from "./run";

useTestDatabase();
const world = useWorld();

const PAY = { method: "POST", path: "/v1/invoices/*/pay" };
// Every story uses the same test cards, whose budget is one for all tenants.
beforeEach(() => systemDb().delete(cardTries));

const pass = (days: number) => world.pass(days * 1_440, 360);

async function failed(at?: string): Promise<Subscriber> {
  const one = await subscriber(world, { at });
  await cardFails(world, one);
  await untilFailed(world, one);
  return one;
}

const DECLINED_TO_THE_END = ["attempt: declined", "grace_warning: sent", "attempt: declined", "end: ended"];

test("three attempts, a warning, then the end: uncollectible, and the free plan", async () => {
  const { acme } = await failed();
  const [begun] = await casesOf(acme);
  expect(begun?.takenOverAt).not.toBeNull();
  const shown = await getInvoice(acme.scope, (await renewalOf(acme)).invoiceId);
  expect(shown.dunning?.steps.map(({ kind }) => kind)).toEqual(["attempt", "grace_warning", "attempt", "end"]);
  const dates = shown.dunning?.steps.map(({ dueAt }) => dueAt.toISOString());
  for (const position of [0, 1, 2]) {
    await atStep(world, acme, position);
    expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "starter", status: "past_due" });
  }
  await atStep(world, acme, 3);
  await world.drain();
  expect(await outcomesOf(acme)).toEqual(DECLINED_TO_THE_END);
  // Each step was done when the page had said it would be.
  expect((await stepsOf(acme)).map(({ dueAt }) => dueAt.toISOString())).toEqual(dates);
  for (const { dueAt, doneAt } of await stepsOf(acme))
    expect(Number(doneAt) - Number(dueAt)).toBeLessThanOrEqual(60_000);
  expect((await casesOf(acme))[0]).toMatchObject({ state: "ended", outcome: "uncollectible" });
  expect(await renewalOf(acme)).toMatchObject({ status: "uncollectible" });
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free", status: "active" });
  // Stripe tried once, we twice: three in all, and none afterwards.
  expect(await declinesAtStripe(world, acme)).toBe(3);
  await pass(40);
  expect(await declinesAtStripe(world, acme)).toBe(3);
  const notices = (await acme.notices()).filter((kind) => /invoice_failed|dunning/.test(kind));
  expect(notices).toEqual([
    "invoice_failed",
    "dunning_failed",
    "dunning_grace_ending",
    "dunning_failed",
    "dunning_ended",
  ]);
});

test("the charge that failed first is the first of three attempts, with its date and reason", async () => {
  const { acme } = await failed();
  const { invoiceId } = await renewalOf(acme);
  await atStep(world, acme, 0);
  const { payments, collected, dunning } = await getInvoice(acme.scope, invoiceId);
  const declined = { state: "failed", failureCode: "card_declined", declineCode: "generic_decline" };
  expect(payments).toMatchObject([
    { ...declined, trigger: "dunning" },
    { ...declined, trigger: "stripe" },
  ]);
  // Listed once, not also as something that was collected.
  expect(collected).toEqual([]);
  if (!dunning) throw new Error("it failed");
  const failure = { code: "card_declined", declineCode: "generic_decline" };
  const shown = shownSteps(dunning, payments);
  expect(shown.map(({ kind, attempt, outcome, failure: why }) => [kind, attempt, outcome, why])).toEqual([
    ["attempt", 1, "declined", failure],
    ["attempt", 2, "declined", failure],
    ["grace_warning", null, null, null],
    ["attempt", 3, null, null],
    ["end", null, null, null],
  ]);
  expect(shown[0]?.doneAt).toEqual(dunning.startedAt);
});

test("an error of Stripe's uses up no attempt, and the card is asked when it is over", async () => {
  const { acme } = await failed();
  const [first] = await stepsOf(acme);
  const before = await declinesAtStripe(world, acme);
  await world.fault({ match: PAY, times: 1, do: "status", status: 500 });
  setClockForTests(first?.dueAt ?? null);
  await world.sweep();
  expect(await triesOf(acme)).toEqual([["dunning", "failed"]]);
  expect((await outcomesOf(acme))[0]).toBe("attempt: null");
  expect(await declinesAtStripe(world, acme)).toBe(before);
  await world.clearFaults();
  await world.pass(20, 5);
  expect((await outcomesOf(acme))[0]).toBe("attempt: declined");
  expect(await declinesAtStripe(world, acme)).toBe(before + 1);
});

test("Stripe's own first try counts against the card like ours", async () => {
  const { acme } = await failed();
  const counted = () => systemDb().$count(cardTries, eq(cardTries.tenantId, acme.tenantId));
  const unpaid = () =>
    systemDb().$count(cardTries, and(eq(cardTries.tenantId, acme.tenantId), eq(cardTries.succeeded, false)));
  const [all, before] = [await counted(), await unpaid()];
  expect(before).toBe(1);
  await world.sweep();
  expect([await counted(), await unpaid()]).toEqual([all, before]);
  await atStep(world, acme, 0);
  expect(await unpaid()).toBe(before + 1);
});

test("a new card is tried at once, and pays from then on", async () => {
  const { acme, stripeSubscriptionId } = await failed();
  const good = await acme.card("pm_card_mastercard");
  await world.drain();
  expect((await casesOf(acme))[0]).toMatchObject({ state: "recovered" });
  expect(await triesOf(acme)).toEqual([["method_added", "succeeded"]]);
  expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "starter", status: "active" });
  const { default_payment_method } = await world.stripeSdk.subscriptions.retrieve(stripeSubscriptionId);
  expect(default_payment_method).toBe(good);
  expect(await acme.notices()).toContain("dunning_recovered");
  expect(await outcomesOf(acme)).toEqual([
    "attempt: skipped:settled",
    "grace_warning: skipped:settled",
    "attempt: skipped:settled",
    "end: skipped:settled",
  ]);
});

test("a new card pays from then on also when the plan was paid by the default that failed", async () => {
  const one = await subscriber(world, { paidBy: "default" });
  const { acme } = one;
  await acme.card("pm_card_chargeCustomerFail");
  await world.stripeSdk.paymentMethods.detach(one.good);
  await syncCustomerMethods(acme.tenantId);
  await untilFailed(world, one);
  expect(await liveSubscription(acme.scope)).toMatchObject({ status: "past_due", paymentMethodId: null });
  const good = await acme.card("pm_card_mastercard");
  await world.drain();
  expect((await casesOf(acme))[0]).toMatchObject({ state: "recovered" });
  expect(await liveSubscription(acme.scope)).toMatchObject({ status: "active", paymentMethodId: good });
});

test("a new card whose event was lost is found by the job", async () => {
  const { acme } = await failed();
  await acme.card("pm_card_mastercard");
  world.loseEvents();
  await runDunning();
  await world.drain();
  expect((await casesOf(acme))[0]).toMatchObject({ state: "recovered" });
});

test("a new card that is declined too moves nothing, and is not asked again for it", async () => {
  const { acme } = await failed();
  const before = (await stepsOf(acme)).map(({ dueAt }) => dueAt);
  await acme.card("pm_card_chargeCustomerFail");
  await world.drain();
  await world.sweep();
  await world.sweep();
  expect(await triesOf(acme)).toEqual([["method_added", "failed"]]);
  expect((await stepsOf(acme)).map(({ dueAt }) => dueAt)).toEqual(before);
  expect((await casesOf(acme))[0]).toMatchObject({ state: "active" });
});

test("paying by hand does not move the timetable when it fails, and ends it when it does not", async () => {
  const { acme } = await failed();
  const { invoiceId } = await renewalOf(acme);
  const before = await stepsOf(acme);
  await expect(
    payByCustomer(acme.scope, invoiceId, { paymentMethodId: null, requestKey: newId() }),
  ).rejects.toMatchObject({ code: "payment_method_declined" });
  await world.drain();
  expect(await stepsOf(acme)).toEqual(before);
});

test.each(["lost_card", "stolen_card"])(
  "after %s nothing is retried: only the notices and the end",
  async (declineCode) => {
    const one = await subscriber(world);
    const paymentMethod = await cardFails(world, one);
    await fetch(`${world.stripe.url}/_sandbox/declines`, {
      method: "POST",
      body: JSON.stringify({ paymentMethod, declineCode, times: 100 }),
    });
    await untilFailed(world, one);
    const { acme } = one;
    expect((await stepsOf(acme)).map(({ kind }) => kind)).toEqual(["grace_warning", "end"]);
    await atStep(world, acme, 0);
    await atStep(world, acme, 1);
    expect(await declinesAtStripe(world, acme)).toBe(1);
    expect(await liveSubscription(acme.scope)).toMatchObject({ plan: "free" });
    expect((await acme.notices()).filter((kind) => /invoice_failed|dunning/.test(kind))).toEqual([
      "invoice_failed",
      "dunning_grace_ending",
      "dunning_ended",
    ]);
  },
);

test("steps that are run twice at once are done once", async () => {
  const { acme } = await failed();
  const [first] = await stepsOf(acme);
  setClockForTests(new Date(Number(first?.dueAt) + 60_000));
  await Promise.all([runDunning(), runDunning(), runDunning()]);
  await world.drain();
  expect(await triesOf(acme)).toEqual([["dunning", "failed"]]);
  expect((await acme.notices()).filter((kind) => kind === "dunning_failed")).toHaveLength(1);
});

test("a step that died after its charge finds the payment it had begun", async () => {
  const { acme } = await failed();
  const [first] = await stepsOf(acme);
  setClockForTests(new Date(Number(first?.dueAt) + 60_000));
  await runDunning();
  // As if the process had died before it could note the outcome.
  await systemDb()
    .update(dunningSteps)
    .set({ doneAt: null, outcome: null, paymentId: null, claimedUntil: now() })
    .where(and(eq(dunningSteps.tenantId, acme.tenantId), eq(dunningSteps.position, 0)));
  await runDunning();
  expect(await triesOf(acme)).toHaveLength(1);
  expect((await outcomesOf(acme))[0]).toBe("attempt: declined");
});

test("an answer that was lost is asked for under the same key: one charge", async () => {
  const { acme } = await failed();
  const [first] = await stepsOf(acme);
  setClockForTests(new Date(Number(first?.dueAt) + 60_000));
  await world.fault({ match: PAY, times: 10, do: "reset_after" });
  await runDunning();
  expect(await triesOf(acme)).toEqual([["dunning", "unknown"]]);
  expect((await outcomesOf(acme))[0]).toBe("attempt: null");
  await world.clearFaults();
  await world.pass(30);
  expect(await triesOf(acme)).toEqual([["dunning", "failed"]]);
  expect((await outcomesOf(acme))[0]).toBe("attempt: declined");
  expect(await declinesAtStripe(world, acme)).toBe(2);
});

test("over a change of clocks and a month's end the jobs keep the dates that the page shows", async () => {
  // Renews on 12 March, two days before New York moves its clocks; the other one on 28 February and 31 March.
  for (const at of ["2027-02-12T15:00:00Z", "2027-01-31T15:00:00Z"]) {
    const { acme } = await failed(at);
    const { invoiceId } = await renewalOf(acme);
    const shown = (await getInvoice(acme.scope, invoiceId)).dunning;
    const local = (instant: Date) =>
      instant.toLocaleTimeString("en-US", { timeZone: "America/New_York", hour: "numeric", minute: "numeric" });
    expect(new Set(shown?.steps.map(({ dueAt }) => local(dueAt))).size).toBe(1);
    for (const position of [0, 1, 2, 3]) {
      const dueAt = shown?.steps[position]?.dueAt;
      setClockForTests(new Date(Number(dueAt) - 60_000));
      await runDunning();
      expect((await stepsOf(acme))[position]?.doneAt).toBeNull();
      await atStep(world, acme, position);
      expect((await stepsOf(acme))[position]?.doneAt).not.toBeNull();
    }
    expect(await outcomesOf(acme)).toEqual(DECLINED_TO_THE_END);
  }
});
