import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { setClockForTests } from "@/lib/clock";
import { useWorld } from "@/sandbox/testing/world";
import { changeBilling, setBackup } from "./billing";
import { ensureCustomer } from "./commands";
import { nextExpiringAt, tellExpiring } from "./expiring";
import { verificationLink } from "./hosted";
import { listPaymentMethods } from "./queries";
import { syncCustomerMethods } from "./sync";
import { verifyMethod } from "./verify";

useTestDatabase();
const world = useWorld();

test("cards that expire are announced 30 and 7 days before, once each, whatever is missed or doubled", async () => {
  setClockForTests("2027-03-01T09:00:00Z");
  const acme = await world.customer(0);
  await acme.card("pm_card_visa");
  const [method] = await listPaymentMethods(acme.scope);
  const { expMonth = 0, expYear = 0 } = method?.card ?? {};
  const end = Date.UTC(expYear, expMonth, 1);
  const told = async (daysBefore: number) => {
    setClockForTests(new Date(end - daysBefore * 86_400_000));
    await Promise.all([tellExpiring(), tellExpiring()]);
    return (await acme.notices()).filter((kind) => kind === "method_expiring").length;
  };
  expect(await told(31)).toBe(0);
  expect((await nextExpiringAt())?.getTime()).toBe(end - 30 * 86_400_000);
  // Nobody looked on the thirtieth day.
  expect(await told(28)).toBe(1);
  expect(await told(8)).toBe(1);
  expect(await told(7)).toBe(2);
  expect(await told(1)).toBe(2);
  expect(await nextExpiringAt()).toBeNull();
  expect(await told(-1)).toBe(2);
});

test("a bank account is verified by its two deposits; a wrong guess says so", async () => {
  setClockForTests("2027-03-01T09:00:00Z");
  const acme = await world.customer(0);
  await world.stripeSdk.setupIntents.create({
    customer: await ensureCustomer(acme.tenantId),
    payment_method_data: {
      type: "us_bank_account",
      us_bank_account: { account_number: "000123456789", routing_number: "110000000", account_holder_type: "company" },
      billing_details: { name: "Acme Robotics", email: "olivia@acme.test" },
    },
    confirm: true,
    usage: "off_session",
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    payment_method_options: { us_bank_account: { verification_method: "microdeposits" } },
    mandate_data: { customer_acceptance: { type: "offline" } },
  });
  await syncCustomerMethods(acme.tenantId);
  const [waiting] = await listPaymentMethods(acme.scope);
  expect(waiting?.status).toBe("requires_verification");
  const id = String(waiting?.paymentMethodId) as Parameters<typeof verifyMethod>[1];
  expect((await verificationLink(acme.scope, id))?.url).toMatch(/^http/);
  await expect(verifyMethod(acme.scope, id, { amounts: [1, 2] })).rejects.toMatchObject({ code: "invalid_request" });
  expect(await verifyMethod(acme.scope, id, { amounts: [32, 45] })).toMatchObject({ status: "active" });
  await expect(verifyMethod(acme.scope, id, { amounts: [32, 45] })).rejects.toMatchObject({ code: "not_found" });
});

test("billing address and backup", async () => {
  setClockForTests("2027-03-01T09:00:00Z");
  const acme = await world.customer(0);
  const first = await acme.card("pm_card_visa");
  const second = await acme.card("pm_card_mastercard");
  const address = {
    line1: "1 Harbour Street",
    line2: null,
    city: "Boston",
    state: "MA",
    postalCode: "02110",
    country: "US",
  };
  expect(await changeBilling(acme.scope, first, { name: "Ada", address })).toMatchObject({
    billingName: "Ada",
    billingAddress: address,
  });
  await expect(setBackup(acme.scope, first, true)).rejects.toMatchObject({ code: "invalid_request" });
  expect(await setBackup(acme.scope, second, true)).toMatchObject({ isBackup: true, isDefault: false });
  expect(await setBackup(acme.scope, second, false)).toMatchObject({ isBackup: false });
});
