import { expect, onlyWithStandIn, test } from "../support/alone";
import { AutoRechargePage } from "../support/auto-recharge-page";
import { database } from "../support/database";
import { attempts, expectSoundLedger, movements } from "../support/ledger";
import { mailAbout, mailsTo } from "../support/mailbox";
import { AddMethodPage } from "../support/payment-element";
import { advance } from "../support/stand-in";

onlyWithStandIn("a clock that can be moved");

/** Stripe's card that can be saved and never charged. */
const NEVER_PAYS = "4000000000000341";
const MINUTE_MS = 60_000;

test("a card that never pays is tried three times, then no more, until another card comes", async ({
  page,
  customer,
}) => {
  test.setTimeout(240_000);
  const { tenantId, tenant } = customer;
  const add = new AddMethodPage(page);
  const tries = () => attempts(tenantId);

  await add.saveCard(NEVER_PAYS);
  const rule = new AutoRechargePage(page);
  await rule.open();
  await rule.fill({ minimum: "150", target: "600" });
  await rule.turnOnWithConsent();
  await customer.spend("500.00");

  await test.step("the first decline is mailed, with the next try", async () => {
    await expect.poll(async () => (await tries())[0]?.state, { timeout: 15_000 }).toBe("failed");
    await mailAbout(tenant.owner, /was declined/);
    await page.goto("/");
    await expect(page.getByText("The last charge was declined", { exact: true })).toBeVisible();
  });

  await test.step("tried again after one hour and after two more", async () => {
    await advance("59m");
    expect(await tries()).toHaveLength(1);
    await advance("10m");
    expect(await tries()).toHaveLength(2);
    await advance("130m");
    const [first, second, third, ...more] = await tries();
    expect(more).toEqual([]);
    const minutes = (from?: Date, to?: Date) => ((to?.getTime() ?? 0) - (from?.getTime() ?? 0)) / MINUTE_MS;
    // A try waits for the next sweep: five minutes at most.
    for (const [waited, hours] of [
      [minutes(first?.at, second?.at), 1],
      [minutes(second?.at, third?.at), 2],
    ] as const) {
      expect(waited).toBeGreaterThanOrEqual(hours * 60);
      expect(waited).toBeLessThanOrEqual(hours * 60 + 6);
    }
  });

  await test.step("paused: no fourth try in a week", async () => {
    expect((await customer.balance()).autoRecharge.state).toBe("paused");
    await mailAbout(tenant.owner, /is paused/);
    await advance("7d");
    expect(await tries()).toHaveLength(3);
    expect((await mailsTo(tenant.owner)).filter(({ subject }) => /declined/.test(subject))).toHaveLength(1);
    await page.goto("/");
    await expect(page.getByText("Auto-recharge is paused").first()).toBeVisible();
  });

  await test.step("the same card again changes nothing", async () => {
    await add.saveCard(NEVER_PAYS);
    await advance("10m");
    expect((await customer.balance()).autoRecharge.state).toBe("paused");
    expect(await tries()).toHaveLength(3);
  });

  await test.step("another card resumes at once", async () => {
    await add.saveCard("4242424242424242");
    await expect.poll(() => movements(tenantId, "recharge"), { timeout: 15_000 }).toEqual([50_000]);
    expect((await customer.balance()).balance).toBe("600.00");
    await mailAbout(tenant.owner, /is on again/);
  });

  expect((await tries()).map(({ state }) => state)).toEqual(["failed", "failed", "failed", "succeeded"]);
  const consents = await database()`select 1 from recharge_consents where tenant_id = ${tenantId}`;
  expect(consents).toHaveLength(1);
  await expectSoundLedger(tenantId);
});
