import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { now } from "@/lib/clock";
import { useWorld } from "@/sandbox/testing/world";
import { removePaymentMethod } from "./commands";
import { listPaymentMethods } from "./queries";

const { sql } = useTestDatabase();
const world = useWorld();

/** Stripe gives no answer to anything. */
const outage = () => world.fault({ match: {}, times: 100, do: "reset_before" });

async function withTwoCards() {
  const acme = await world.customer(60_000);
  const mastercard = await acme.card("pm_card_mastercard");
  const visa = await acme.card("pm_card_visa");
  await acme.rule();
  await world.drain();
  return { acme, mastercard, visa };
}

describe("a removal that Stripe does not answer", () => {
  it("is refused in an outage: the method is there as before, and is charged again afterwards", async () => {
    const { acme, mastercard } = await withTwoCards();
    const before = await listPaymentMethods(acme.scope);
    expect(before.find((method) => method.isDefault)?.paymentMethodId).toBe(mastercard);
    await outage();
    await expect(removePaymentMethod(acme.scope, mastercard)).rejects.toMatchObject({ code: "stripe_unavailable" });
    await world.clearFaults();
    expect(await listPaymentMethods(acme.scope)).toEqual(before);
    await acme.spend(60_000);
    await world.drain();
    expect(await acme.attempts()).toMatchObject([{ state: "succeeded", paymentMethodId: mastercard }]);
  });

  it("says that it is removed when it was, though both answers were lost", async () => {
    const { acme, mastercard, visa } = await withTwoCards();
    await world.fault({
      match: { method: "POST", path: `/v1/payment_methods/${mastercard}/detach` },
      times: 5,
      do: "reset_after",
    });
    expect(await removePaymentMethod(acme.scope, mastercard)).toMatchObject({ paymentMethodId: mastercard });
    expect(await listPaymentMethods(acme.scope)).toMatchObject([{ paymentMethodId: visa, isDefault: true }]);
  });

  it("does not resume what was paused", async () => {
    const acme = await world.customer(60_000);
    const bad = await acme.card("pm_card_chargeCustomerFail");
    const visa = await acme.card("pm_card_visa");
    await acme.rule({ paymentMethodId: bad });
    await acme.spend(60_000);
    await world.pass(4 * 60, 30);
    expect(await acme.overview()).toMatchObject({ state: "paused" });
    await world.fault({ match: { path: `/v1/payment_methods/${visa}/detach` }, times: 5, do: "status", status: 500 });
    await expect(removePaymentMethod(acme.scope, visa)).rejects.toMatchObject({ code: "stripe_unavailable" });
    await world.drain();
    expect(await acme.overview()).toMatchObject({ state: "paused" });
    expect(await acme.paid()).toEqual([]);
  });

  it("lets the next method be charged while it is under way, and is over by itself when the process died", async () => {
    const { acme, mastercard, visa } = await withTwoCards();
    await world.fault({ match: { path: `/v1/payment_methods/${mastercard}/detach` }, times: 1, delayMs: 1_500 });
    const removal = removePaymentMethod(acme.scope, mastercard);
    await expect
      .poll(
        () => sql`select removing_until is null as free from payment_methods where payment_method_id = ${mastercard}`,
      )
      .toEqual([{ free: false }]);
    await acme.spend(60_000);
    await world.drain();
    expect(await acme.attempts()).toMatchObject([{ state: "succeeded", paymentMethodId: visa }]);
    expect(await acme.notices()).toEqual(["charged"]);
    await removal;
    expect(await listPaymentMethods(acme.scope)).toMatchObject([{ paymentMethodId: visa, isDefault: true }]);

    const other = await withTwoCards();
    const until = new Date(now().getTime() + 2 * 60_000).toISOString();
    await sql`update payment_methods set removing_until = ${until} where payment_method_id = ${other.mastercard}`;
    await world.pass(5);
    await other.acme.spend(60_000);
    await world.drain();
    expect(await other.acme.attempts()).toMatchObject([{ state: "succeeded", paymentMethodId: other.mastercard }]);
  });
});
