import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemDb } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { systemScope } from "@/lib/auth/scope";
import type { PaymentMethodId, TenantId } from "@/lib/ids";
import { toCurrency } from "@/lib/money/currency";
import { stripe } from "@/lib/stripe/client";
import { createTenant } from "@/lib/tenants/commands";
import { startStripe } from "@/sandbox/stripe/server";
import { attachPaymentMethod, confirmSetup, ensureCustomer, openPortal, removePaymentMethod, setDefault, startSetup } from "./commands";
import { verificationLink } from "./hosted";
import { getPaymentMethod, listPaymentMethods } from "./queries";
import { syncCustomerMethods } from "./sync";

const { sql } = useTestDatabase();
let standIn: Awaited<ReturnType<typeof startStripe>>;

beforeAll(async () => {
  standIn = await startStripe({ port: 0, secretKey: "sk_test_standin_tests", publishableKey: "pk_test_standin_tests" });
  // biome-ignore lint/style/noProcessEnv: the configuration is read at first use, after this
  process.env.STRIPE_API_BASE = standIn.url;
});
afterAll(() => standIn.close());

let counter = 0;
async function newTenant(rule?: { paymentMethodId?: PaymentMethodId }) {
  const tenant = { slug: `methods-${++counter}`, name: "Methods", currency: toCurrency("USD"), timeZone: "UTC" };
  const tenantId = await systemDb().transaction((tx) => createTenant(tx, tenant));
  if (rule) await enableRule(tenantId, rule.paymentMethodId ?? null);
  return systemScope(tenantId);
}
/** Everything a rule needs to be on, minus the balance being low. */
async function enableRule(tenantId: TenantId, paymentMethodId: PaymentMethodId | null, backup: PaymentMethodId | null = null) {
  await sql`update recharge_rules set enabled = true, min_minor = -900000, target_minor = 0, consent_id = gen_random_uuid(),
            payment_method_id = ${paymentMethodId}, backup_payment_method_id = ${backup} where tenant_id = ${tenantId}`;
}
const ruleOf = async (tenantId: TenantId) => (await sql`select * from recharge_rules where tenant_id = ${tenantId}`)[0];
const atStripe = async (tenantId: TenantId) => (await stripe().customers.listPaymentMethods(await ensureCustomer(tenantId))).data.map((method) => method.id);
const requests = async () => ((await (await fetch(`${standIn.url}/_sandbox/requests`)).json()) as { data: { method: string; path: string; status: number }[] }).data;

describe("the customer", () => {
  test("is one, however many ask for it at once", async () => {
    const { tenantId } = await newTenant();
    const ids = await Promise.all(Array.from({ length: 10 }, () => ensureCustomer(tenantId)));
    expect(new Set(ids).size).toBe(1);
    const all = await stripe().customers.list({ limit: 100 });
    expect(all.data.filter((customer) => customer.metadata.tenantId === tenantId)).toHaveLength(1);
  });
});

describe("saving a method", () => {
  test("set-up in the browser → confirmed → mirrored and default, here and at Stripe", async () => {
    const scope = await newTenant();
    const { setupIntentId, setupIntentClientSecret } = await startSetup(scope);
    expect(setupIntentClientSecret).toContain(setupIntentId);
    expect(await stripe().setupIntents.retrieve(setupIntentId)).toMatchObject({ usage: "off_session", metadata: { tenantId: scope.tenantId } });
    await stripe().setupIntents.confirm(setupIntentId, { payment_method: "pm_card_visa", return_url: "http://localhost:3010/" });
    const { status, paymentMethod, error } = await confirmSetup(scope, setupIntentId);
    expect({ status, error }).toEqual({ status: "succeeded", error: null });
    expect(paymentMethod).toMatchObject({ type: "card", card: { brand: "visa", last4: "4242" }, isDefault: true, status: "active" });
    const customer = await stripe().customers.retrieve(await ensureCustomer(scope.tenantId));
    expect(customer).toMatchObject({ invoice_settings: { default_payment_method: paymentMethod?.paymentMethodId } });
  });

  test("a set-up the bank declined says so in plain words", async () => {
    const scope = await newTenant();
    const { setupIntentId } = await startSetup(scope);
    const confirm = stripe().setupIntents.confirm(setupIntentId, { payment_method: "pm_card_chargeDeclinedInsufficientFunds", return_url: "http://localhost:3010/" });
    await expect(confirm).rejects.toThrow();
    const result = await confirmSetup(scope, setupIntentId);
    expect(result).toMatchObject({ status: "requires_payment_method", paymentMethod: null, error: { code: "insufficient_funds" } });
  });

  test("attaching by id; again changes nothing; a declining card is refused and leaves nothing", async () => {
    const scope = await newTenant();
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
    const scope = await newTenant();
    const customer = await ensureCustomer(scope.tenantId);
    const attach = async () => {
      await stripe().paymentMethods.attach("pm_card_mastercard", { customer });
      await syncCustomerMethods(scope.tenantId);
    };
    await Promise.all([attach(), attach(), attach(), syncCustomerMethods(scope.tenantId)]);
    const methods = await listPaymentMethods(scope);
    expect(methods.map((method) => method.paymentMethodId as string).sort()).toEqual((await atStripe(scope.tenantId)).sort());
    expect(methods.filter((method) => method.isDefault)).toHaveLength(1);
  });
});

describe("default and removal", () => {
  test("the default moves at Stripe too; the newest takes over when it is removed there", async () => {
    const scope = await newTenant();
    const first = await attachPaymentMethod(scope, "pm_card_visa");
    const second = await attachPaymentMethod(scope, "pm_card_mastercard");
    expect([first.isDefault, second.isDefault]).toEqual([true, false]);
    expect((await setDefault(scope, second.paymentMethodId)).isDefault).toBe(true);
    expect((await getPaymentMethod(scope, first.paymentMethodId)).isDefault).toBe(false);
    await stripe().paymentMethods.detach(second.paymentMethodId);
    await syncCustomerMethods(scope.tenantId);
    expect(await listPaymentMethods(scope)).toMatchObject([{ paymentMethodId: first.paymentMethodId, isDefault: true }]);
  });

  test("the last method of an enabled rule stays; with another one the rule falls back to the default", async () => {
    const scope = await newTenant();
    const visa = await attachPaymentMethod(scope, "pm_card_visa");
    await enableRule(scope.tenantId, visa.paymentMethodId);
    await expect(removePaymentMethod(scope, visa.paymentMethodId)).rejects.toMatchObject({ code: "payment_method_in_use" });
    expect(await atStripe(scope.tenantId)).toEqual([visa.paymentMethodId]);

    const amex = await attachPaymentMethod(scope, "pm_card_amex");
    await enableRule(scope.tenantId, visa.paymentMethodId, visa.paymentMethodId);
    expect((await getPaymentMethod(scope, visa.paymentMethodId)).isBackup).toBe(true);
    expect(await removePaymentMethod(scope, visa.paymentMethodId)).toEqual({ paymentMethodId: visa.paymentMethodId, ruleUsesDefaultNow: true });
    expect(await ruleOf(scope.tenantId)).toMatchObject({ enabled: true, payment_method_id: null, backup_payment_method_id: null });
    expect(await listPaymentMethods(scope)).toMatchObject([{ paymentMethodId: amex.paymentMethodId, isDefault: true }]);
    expect(await atStripe(scope.tenantId)).toEqual([amex.paymentMethodId]);
    await expect(removePaymentMethod(scope, visa.paymentMethodId)).rejects.toMatchObject({ code: "not_found" });
  });

  test("two removals at once cannot take the last two methods of an enabled rule", async () => {
    const scope = await newTenant();
    const methods = [await attachPaymentMethod(scope, "pm_card_visa"), await attachPaymentMethod(scope, "pm_card_mastercard")];
    await enableRule(scope.tenantId, null);
    const outcomes = await Promise.allSettled(methods.map((method) => removePaymentMethod(scope, method.paymentMethodId)));
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await atStripe(scope.tenantId)).toHaveLength(1);
    expect(await listPaymentMethods(scope)).toMatchObject([{ isDefault: true }]);
  });

  test("when Stripe does not answer, the method is still there", async () => {
    const scope = await newTenant();
    const visa = await attachPaymentMethod(scope, "pm_card_visa");
    const fault = { match: { method: "POST", path: `/v1/payment_methods/${visa.paymentMethodId}/detach` }, times: 5, do: "status", status: 500 };
    await fetch(`${standIn.url}/_sandbox/faults`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(fault) });
    await expect(removePaymentMethod(scope, visa.paymentMethodId)).rejects.toMatchObject({ code: "stripe_unavailable" });
    await fetch(`${standIn.url}/_sandbox/faults`, { method: "DELETE" });
    expect(await listPaymentMethods(scope)).toEqual([visa]);
  });
});

describe("another tenant's", () => {
  test("method, set-up or page is not found, and nothing changes", async () => {
    const [scope, other] = [await newTenant(), await newTenant()];
    const theirs = await attachPaymentMethod(other, "pm_card_visa");
    await attachPaymentMethod(scope, "pm_card_mastercard");
    const { setupIntentId } = await startSetup(other);
    const before = (await requests()).length;
    for (const refused of [
      () => attachPaymentMethod(scope, theirs.paymentMethodId),
      () => removePaymentMethod(scope, theirs.paymentMethodId),
      () => setDefault(scope, theirs.paymentMethodId),
      () => confirmSetup(scope, setupIntentId),
      () => getPaymentMethod(scope, theirs.paymentMethodId),
    ]) {
      await expect(refused()).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await requests()).slice(before).filter((request) => request.method !== "GET")).toEqual([]);
    expect(await listPaymentMethods(other)).toEqual([theirs]);
    expect(await listPaymentMethods(scope, { limit: 10, after: theirs.paymentMethodId })).toEqual([]);
  });
});

describe("the portal", () => {
  test("comes back to our own origin only, and makes its configuration once", async () => {
    const scope = await newTenant();
    const [first, second] = [await openPortal(scope), await openPortal(scope, { returnUrl: "http://localhost:3010/payment-methods?done=1", locale: "zh-CN" })];
    expect(first.url).not.toBe(second.url);
    for (const returnUrl of ["https://evil.test/", "//evil.test", "http://localhost:3010@evil.test/", "http://user@localhost:3010/", "javascript:alert(1)", "http://localhost:3011/"]) {
      await expect(openPortal(scope, { returnUrl })).rejects.toMatchObject({ code: "invalid_request" });
    }
    const configurations = await stripe().billingPortal.configurations.list({ limit: 100 });
    expect(configurations.data.filter((configuration) => configuration.metadata?.evenkeel)).toHaveLength(1);
  });
});

describe("bank accounts", () => {
  const MANDATE = { customer_acceptance: { type: "offline" as const, offline: {} } };
  async function waitingAccount() {
    const scope = await newTenant();
    const { setupIntentId } = await startSetup(scope);
    await stripe().setupIntents.confirm(setupIntentId, {
      payment_method: "pm_usBankAccount_success",
      payment_method_options: { us_bank_account: { verification_method: "microdeposits" } },
      mandate_data: MANDATE,
      return_url: "http://localhost:3010/",
    });
    const { status, paymentMethod } = await confirmSetup(scope, setupIntentId);
    return { scope, setupIntentId, status, paymentMethod };
  }

  test("wait for their micro-deposits, cannot be the default until then, and are usable afterwards", async () => {
    const { scope, setupIntentId, status, paymentMethod } = await waitingAccount();
    expect(status).toBe("requires_action");
    expect(paymentMethod).toMatchObject({ type: "us_bank_account", status: "requires_verification", isDefault: false, bankAccount: { last4: "6789" } });
    const id = paymentMethod?.paymentMethodId as PaymentMethodId;
    await expect(setDefault(scope, id)).rejects.toMatchObject({ code: "invalid_request" });
    expect((await verificationLink(scope, id))?.url).toMatch(/^http/);
    await stripe().setupIntents.verifyMicrodeposits(setupIntentId, { amounts: [32, 45] });
    expect(await confirmSetup(scope, setupIntentId)).toMatchObject({ status: "succeeded", paymentMethod: { paymentMethodId: id, status: "active", isDefault: true } });
    expect(await verificationLink(scope, id)).toBeNull();
  });

  test("can be given up while they wait", async () => {
    const { scope, setupIntentId, paymentMethod } = await waitingAccount();
    await removePaymentMethod(scope, paymentMethod?.paymentMethodId as PaymentMethodId);
    expect(await listPaymentMethods(scope)).toEqual([]);
    expect((await stripe().setupIntents.retrieve(setupIntentId)).status).toBe("canceled");
  });
});
