import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { toCurrency } from "@/lib/money/currency";
import { useWorld } from "@/sandbox/testing/world";
import { planOf } from "./catalogue";
import { planOfPrice, stripePriceOf, syncCatalogue } from "./sync";

useTestDatabase();
const world = useWorld();
const USD = toCurrency("USD");

test("the catalogue is brought to Stripe, and bringing it again changes nothing", async () => {
  const first = await syncCatalogue([USD, toCurrency("JPY"), toCurrency("CHF")]);
  expect(first).toMatchObject({ kept: [], replaced: [] });
  expect(first.made).toHaveLength(12);
  expect(await syncCatalogue([USD, toCurrency("JPY")])).toMatchObject({ kept: first.made, made: [], replaced: [] });
  const found = await world.stripeSdk.prices.list({ lookup_keys: ["professional_yearly_jpy_2026-11"] });
  expect(found.data).toMatchObject([
    { unit_amount: 148_000, currency: "jpy", recurring: { interval: "year" }, product: "evenkeel_professional" },
  ]);
  expect((await world.stripeSdk.products.retrieve("evenkeel_starter")).name).toBe("Starter");
});

test("a price that differs at Stripe is replaced by one with the same lookup key; who bought the old one keeps it", async () => {
  const old = await stripePriceOf(planOf("starter"), "monthly", USD);
  await world.stripeSdk.prices.create({
    product: "evenkeel_starter",
    currency: "usd",
    unit_amount: 1_900,
    recurring: { interval: "month" },
    lookup_key: "starter_monthly_usd_2026-11",
    transfer_lookup_key: true,
  });
  const synced = await syncCatalogue([USD]);
  expect(synced).toMatchObject({ made: [], replaced: ["starter_monthly_usd_2026-11"] });
  expect(synced.kept).toHaveLength(5);
  const now = await stripePriceOf(planOf("starter"), "monthly", USD);
  expect(now).not.toBe(old);
  expect((await world.stripeSdk.prices.retrieve(now)).unit_amount).toBe(2_900);
  expect(await planOfPrice(old)).toMatchObject({ plan: { id: "starter" }, cycle: "monthly" });
});

test("a price is known by its id, and a new currency comes to Stripe when it is first asked for", async () => {
  const priceId = await stripePriceOf(planOf("enterprise"), "yearly", toCurrency("KWD"));
  expect(await planOfPrice(priceId)).toMatchObject({ plan: { id: "enterprise" }, cycle: "yearly" });
  expect(await planOfPrice("price_unknown")).toBeNull();
  await expect(stripePriceOf(planOf("starter"), "monthly", toCurrency("CHF"))).rejects.toMatchObject({
    code: "plan_not_offered",
  });
});

test("the command says what it made, what it replaced and what it left, and can be repeated", async () => {
  // With this process' own configuration: its database, its stand-in.
  const command = async () =>
    (await promisify(execFile)("node", ["--import", "tsx", "scripts/sync-plans.ts"])).stdout.trim().split("\n");
  await world.stripeSdk.prices.update(await stripePriceOf(planOf("enterprise"), "monthly", USD), { active: false });
  expect(await command()).toEqual([
    "restored enterprise_monthly_usd_2026-11",
    "Prices in USD: 0 made, 0 replaced, 1 restored, 5 left as they were.",
  ]);
  expect(await command()).toEqual(["Prices in USD: 0 made, 0 replaced, 0 restored, 6 left as they were."]);
});
