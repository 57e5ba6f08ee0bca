import { describe, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import type { PaymentMethodId, TenantId } from "@/lib/ids";
import { stripe } from "@/lib/stripe/client";
import { useWorld } from "@/sandbox/testing/world";
import { attachPaymentMethod, ensureCustomer, removePaymentMethod, setDefault } from "./commands";
import { getPaymentMethod, listPaymentMethods } from "./queries";
import { syncCustomerMethods } from "./sync";

const { sql } = useTestDatabase();
const world = useWorld();
const atStripe = async (tenantId: TenantId) =>
  (await stripe().customers.listPaymentMethods(await ensureCustomer(tenantId))).data.map((method) => method.id);
const ruleOf = async (tenantId: TenantId) => (await sql`select * from recharge_rules where tenant_id = ${tenantId}`)[0];

/** On, but with a minimum so deep that nothing is charged. */
async function enableIdleRule(tenantId: TenantId, primary?: PaymentMethodId, backup?: PaymentMethodId) {
  await sql`
    update recharge_rules
       set enabled = true, min_minor = -900000, target_minor = 0, consent_id = gen_random_uuid(),
           payment_method_id = ${primary ?? null}, backup_payment_method_id = ${backup ?? null}
     where tenant_id = ${tenantId}`;
}

describe("default and removal", () => {
  test("the default moves at Stripe too; the newest takes over when it is removed there", async () => {
    const scope = (await world.customer(0)).scope;
    const first = await attachPaymentMethod(scope, "pm_card_visa");
    const second = await attachPaymentMethod(scope, "pm_card_mastercard");
    expect([first.isDefault, second.isDefault]).toEqual([true, false]);
    expect((await setDefault(scope, second.paymentMethodId)).isDefault).toBe(true);
    expect((await getPaymentMethod(scope, first.paymentMethodId)).isDefault).toBe(false);
    await stripe().paymentMethods.detach(second.paymentMethodId);
    await syncCustomerMethods(scope.tenantId);
    expect(await listPaymentMethods(scope)).toMatchObject([
      { paymentMethodId: first.paymentMethodId, isDefault: true },
    ]);
  });

  test("the last method of an enabled rule stays; with another one the rule falls back to the default", async () => {
    const scope = (await world.customer(0)).scope;
    const visa = await attachPaymentMethod(scope, "pm_card_visa");
    await enableIdleRule(scope.tenantId, visa.paymentMethodId);
    await expect(removePaymentMethod(scope, visa.paymentMethodId)).rejects.toMatchObject({
      code: "payment_method_in_use",
    });
    expect(await atStripe(scope.tenantId)).toEqual([visa.paymentMethodId]);

    const amex = await attachPaymentMethod(scope, "pm_card_amex");
    await enableIdleRule(scope.tenantId, visa.paymentMethodId, visa.paymentMethodId);
    expect((await getPaymentMethod(scope, visa.paymentMethodId)).isBackup).toBe(true);
    expect(await removePaymentMethod(scope, visa.paymentMethodId)).toEqual({
      paymentMethodId: visa.paymentMethodId,
      ruleUsesDefaultNow: true,
    });
    expect(await ruleOf(scope.tenantId)).toMatchObject({
      enabled: true,
      payment_method_id: null,
      backup_payment_method_id: null,
    });
    expect(await listPaymentMethods(scope)).toMatchObject([{ paymentMethodId: amex.paymentMethodId, isDefault: true }]);
    expect(await atStripe(scope.tenantId)).toEqual([amex.paymentMethodId]);
    await expect(removePaymentMethod(scope, visa.paymentMethodId)).rejects.toMatchObject({ code: "not_found" });
  });

  test("two removals at once cannot take the last two methods of an enabled rule", async () => {
    const scope = (await world.customer(0)).scope;
    const methods = [
      await attachPaymentMethod(scope, "pm_card_visa"),
      await attachPaymentMethod(scope, "pm_card_mastercard"),
    ];
    await enableIdleRule(scope.tenantId);
    const outcomes = await Promise.allSettled(
      methods.map((method) => removePaymentMethod(scope, method.paymentMethodId)),
    );
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await atStripe(scope.tenantId)).toHaveLength(1);
    expect(await listPaymentMethods(scope)).toMatchObject([{ isDefault: true }]);
  });

  test("when Stripe does not answer, the method is still there", async () => {
    const scope = (await world.customer(0)).scope;
    const visa = await attachPaymentMethod(scope, "pm_card_visa");
    const fault = {
      match: { method: "POST", path: `/v1/payment_methods/${visa.paymentMethodId}/detach` },
      times: 5,
      do: "status",
      status: 500,
    };
    await world.fault(fault);
    await expect(removePaymentMethod(scope, visa.paymentMethodId)).rejects.toMatchObject({
      code: "stripe_unavailable",
    });
    await world.clearFaults();
    expect(await listPaymentMethods(scope)).toEqual([visa]);
  });
});
