import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { systemDb } from "@/db/client";
import { rechargeRules } from "@/db/schema";
import { useTestDatabase } from "@/db/testing";
import { newId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { listedOf } from "@/sandbox/testing/invoiced";
import { useWorld } from "@/sandbox/testing/world";
import { topUp } from "./top-up";

useTestDatabase();
const world = useWorld();

describe("top-ups by hand", () => {
  it("ask again with the same key and get the same attempt", async () => {
    const customer = await world.customer(0);
    await customer.card("pm_card_visa");
    const requestKey = newId();
    const [first, second] = await Promise.all(
      [1, 2].map(() => topUp(customer.scope, { amountMinor: toMinor(5_000), requestKey })),
    );
    expect(first?.attemptId).toBe(second?.attemptId);
    expect(await customer.paid()).toHaveLength(1);
    expect(await customer.overview()).toMatchObject({ balanceMinor: 5_000 });
  });

  it("below Stripe's least charge are refused by the field's name, and leave nothing behind", async () => {
    const customer = await world.customer(0);
    await customer.card("pm_card_visa");
    // 48 cents and the fee of 2.9 % on top are 49 cents.
    await expect(topUp(customer.scope, { amountMinor: toMinor(48), requestKey: newId() })).rejects.toMatchObject({
      code: "invalid_request",
      options: { fields: [{ path: "amount", message: expect.stringContaining("no less than 0.50 USD") }] },
    });
    expect(await customer.attempts()).toEqual([]);
    expect(await customer.decisions()).toEqual([]);
    await topUp(customer.scope, { amountMinor: toMinor(49), requestKey: newId() });
    expect(await customer.overview()).toMatchObject({ balanceMinor: 49 });
  });

  it("above Stripe's largest charge are refused by the field's name, fee included, and leave nothing behind", async () => {
    const customer = await world.customer(0);
    await customer.card("pm_card_visa");
    await systemDb()
      .update(rechargeRules)
      .set({ maxChargeMinor: null, maxPerDayMinor: null, maxPerMonthMinor: null })
      .where(eq(rechargeRules.tenantId, customer.tenantId));
    // 971,817.29 and the fee of 2.9 % on top are 999,999.99.
    await expect(
      topUp(customer.scope, { amountMinor: toMinor(97_181_730), requestKey: newId() }),
    ).rejects.toMatchObject({
      code: "invalid_request",
      options: { fields: [{ path: "amount", message: expect.stringContaining("no more than 999999.99 USD") }] },
    });
    expect(await customer.attempts()).toEqual([]);
    expect(await listedOf(customer)).toEqual([]);
    await topUp(customer.scope, { amountMinor: toMinor(97_181_729), requestKey: newId() });
    expect(await customer.overview()).toMatchObject({ balanceMinor: 97_181_729 });
  });

  it("are refused when there is nothing to charge or nothing to charge with", async () => {
    const customer = await world.customer();
    await expect(topUp(customer.scope, { amountMinor: toMinor(100), requestKey: newId() })).rejects.toMatchObject({
      code: "no_payment_method",
    });
    await customer.card("pm_card_visa");
    await expect(topUp(customer.scope, { amountMinor: null, requestKey: newId() })).rejects.toMatchObject({
      code: "invalid_request",
    });
    await customer.rule();
    await expect(topUp(customer.scope, { amountMinor: null, requestKey: newId() })).rejects.toMatchObject({
      code: "nothing_to_charge",
    });
  });
});
