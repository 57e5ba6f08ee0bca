import { describe, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { newId, type TenantId } from "@/lib/ids";
import { stripe } from "@/lib/stripe/client";
import { useWorld } from "@/sandbox/testing/world";
import {
  attachPaymentMethod,
  confirmSetup,
  ensureCustomer,
  openPortal,
  removePaymentMethod,
  setDefault,
  startSetup,
} from "./commands";
import { getPaymentMethod, listPaymentMethods } from "./queries";
import { syncCustomerMethods } from "./sync";

const { sql } = useTestDatabase();
const world = useWorld();
const atStripe = async (tenantId: TenantId) =>
  (await stripe().customers.listPaymentMethods(await ensureCustomer(tenantId))).data.map((method) => method.id);

describe("the customer", () => {
  test("is one, however many ask for it at once", async () => {
    const { tenantId } = (await world.customer(0)).scope;
    const ids = await Promise.all(Array.from({ length: 10 }, () => ensureCustomer(tenantId)));
    expect(new Set(ids).size).toBe(1);
    const all = await stripe().customers.list({ limit: 100 });
    expect(all.data.filter((customer) => customer.metadata.tenantId === tenantId)).toHaveLength(1);
  });
});

describe("saving a method", () => {
  test("set-up in the browser → confirmed → mirrored and default, here and at Stripe", async () => {
    const scope = (await world.customer(0)).scope;
    const { setupIntentId, setupIntentClientSecret } = await startSetup(scope);
    expect(setupIntentClientSecret).toContain(setupIntentId);
    expect(await stripe().setupIntents.retrieve(setupIntentId)).toMatchObject({
      usage: "off_session",
      metadata: { tenantId: scope.tenantId },
    });
    await stripe().setupIntents.confirm(setupIntentId, {
      payment_method: "pm_card_visa",
      return_url: "http://localhost:3010/",
    });
    const { status, paymentMethod, error } = await confirmSetup(scope, setupIntentId);
    expect({ status, error }).toEqual({ status: "succeeded", error: null });
    expect(paymentMethod).toMatchObject({
      type: "card",
      card: { brand: "visa", last4: "4242" },
      isDefault: true,
      status: "active",
    });
    const customer = await stripe().customers.retrieve(await ensureCustomer(scope.tenantId));
    expect(customer).toMatchObject({ invoice_settings: { default_payment_method: paymentMethod?.paymentMethodId } });
  });

  test("a set-up the bank declined says so in plain words", async () => {
    const scope = (await world.customer(0)).scope;
    const { setupIntentId } = await startSetup(scope);
    const confirm = stripe().setupIntents.confirm(setupIntentId, {
      payment_method: "pm_card_chargeDeclinedInsufficientFunds",
      return_url: "http://localhost:3010/",
    });
    await expect(confirm).rejects.toThrow();
    const result = await confirmSetup(scope, setupIntentId);
    expect(result).toMatchObject({
      status: "requires_payment_method",
      paymentMethod: null,
      error: { code: "insufficient_funds" },
    });
  });

  test("attaching by id; again changes nothing; a declining card is refused and leaves nothing", async () => {
    const scope = (await world.customer(0)).scope;
    const visa = await attachPaymentMethod(scope, "pm_card_visa");
    expect(await attachPaymentMethod(scope, visa.paymentMethodId)).toEqual(visa);
    await expect(attachPaymentMethod(scope, "pm_card_visa_chargeDeclined")).rejects.toMatchObject({
      code: "payment_method_declined",
      detail: "The bank declined this payment method. Try another one, or ask the bank.",
    });
    await expect(attachPaymentMethod(scope, "pm_1NoSuchMethod")).rejects.toMatchObject({ code: "not_found" });
    await expect(attachPaymentMethod(scope, "cus_123")).rejects.toMatchObject({ code: "not_found" });
    expect(await listPaymentMethods(scope)).toEqual([visa]);
    expect(await atStripe(scope.tenantId)).toEqual([visa.paymentMethodId]);
  });

  test("many syncs at once end in what Stripe has", async () => {
    const scope = (await world.customer(0)).scope;
    const customer = await ensureCustomer(scope.tenantId);
    const attach = async () => {
      await stripe().paymentMethods.attach("pm_card_mastercard", { customer });
      await syncCustomerMethods(scope.tenantId);
    };
    await Promise.all([attach(), attach(), attach(), syncCustomerMethods(scope.tenantId)]);
    const methods = await listPaymentMethods(scope);
    expect(methods.map((method) => method.paymentMethodId as string).sort()).toEqual(
      (await atStripe(scope.tenantId)).sort(),
    );
    expect(methods.filter((method) => method.isDefault)).toHaveLength(1);
  });

  test("a slow sync does not write over a newer one with what it saw before", async () => {
    const { scope } = await world.customer(0);
    await ensureCustomer(scope.tenantId);
    await world.fault({ match: { method: "GET", path: "/v1/setup_intents" }, times: 1, delayMs: 700 });
    const before = await world.requests("GET", /payment_methods/);
    const slow = syncCustomerMethods(scope.tenantId);
    await expect.poll(() => world.requests("GET", /payment_methods/)).toHaveLength(before.length + 1);
    const visa = await attachPaymentMethod(scope, "pm_card_visa");
    await slow;
    expect(await listPaymentMethods(scope)).toEqual([visa]);
  });
});

describe("auto-recharge", () => {
  const PAUSE = { paused_at: "2026-11-02T11:59:00Z", pause_reason: "declines", paused_fingerprint: "of another card" };
  const enable = (tenantId: TenantId, pause: Partial<typeof PAUSE>) => sql`
    update recharge_rules
       set ${sql({ enabled: true, min_minor: -900_000, target_minor: 0, consent_id: newId(), ...pause })}
     where tenant_id = ${tenantId}`;
  const heard = (tenantId: TenantId) =>
    world.sent.filter((event) => event.name === "balance/low" && event.data.tenantId === tenantId).length;

  test("hears of each new method once", async () => {
    const { scope } = await world.customer(0);
    await enable(scope.tenantId, {});
    const visa = await attachPaymentMethod(scope, "pm_card_visa");
    await attachPaymentMethod(scope, visa.paymentMethodId);
    await syncCustomerMethods(scope.tenantId);
    expect(heard(scope.tenantId)).toBe(1);
  });

  test("ends its pause with the next sync when the process died before it was heard", async () => {
    const { scope } = await world.customer(0);
    await attachPaymentMethod(scope, "pm_card_visa");
    await enable(scope.tenantId, PAUSE);
    await syncCustomerMethods(scope.tenantId);
    expect(await sql`select paused_at from recharge_rules where tenant_id = ${scope.tenantId}`).toEqual([
      { paused_at: null },
    ]);
    expect(heard(scope.tenantId)).toBe(1);
  });
});

describe("another tenant's", () => {
  test("method, set-up or page is not found, and nothing changes", async () => {
    const [scope, other] = [(await world.customer(0)).scope, (await world.customer(0)).scope];
    const theirs = await attachPaymentMethod(other, "pm_card_visa");
    await attachPaymentMethod(scope, "pm_card_mastercard");
    const { setupIntentId } = await startSetup(other);
    const before = (await world.requests("POST", /./)).length;
    for (const refused of [
      () => attachPaymentMethod(scope, theirs.paymentMethodId),
      () => removePaymentMethod(scope, theirs.paymentMethodId),
      () => setDefault(scope, theirs.paymentMethodId),
      () => confirmSetup(scope, setupIntentId),
      () => getPaymentMethod(scope, theirs.paymentMethodId),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await world.requests("POST", /./)).toHaveLength(before);
    expect(await listPaymentMethods(other)).toEqual([theirs]);
    expect(await listPaymentMethods(scope, { limit: 10, after: theirs.paymentMethodId })).toEqual([]);
  });
});

describe("the portal", () => {
  test("comes back to our own origin only, and makes its configuration once", async () => {
    const scope = (await world.customer(0)).scope;
    const [first, second] = [
      await openPortal(scope),
      await openPortal(scope, { returnUrl: "http://localhost:3010/payment-methods?done=1", locale: "zh-CN" }),
    ];
    expect(first.url).not.toBe(second.url);
    for (const returnUrl of [
      "https://evil.test/",
      "//evil.test",
      "http://localhost:3010@evil.test/",
      "http://user@localhost:3010/",
      "javascript:alert(1)",
      "http://localhost:3011/",
    ]) {
      await expect(openPortal(scope, { returnUrl })).rejects.toMatchObject({ code: "invalid_request" });
    }
    const configurations = await stripe().billingPortal.configurations.list({ limit: 100 });
    expect(configurations.data.filter((configuration) => configuration.metadata?.evenkeel)).toHaveLength(1);
  });
});
