import { describe, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import type { PaymentMethodId } from "@/lib/ids";
import { stripe } from "@/lib/stripe/client";
import { useWorld } from "@/sandbox/testing/world";
import { confirmSetup, removePaymentMethod, setDefault, startSetup } from "./commands";
import { verificationLink } from "./hosted";
import { listPaymentMethods } from "./queries";

useTestDatabase();
const world = useWorld();

describe("bank accounts", () => {
  const MANDATE = { customer_acceptance: { type: "offline" as const, offline: {} } };
  async function waitingAccount() {
    const scope = (await world.customer(0)).scope;
    const { setupIntentId } = await startSetup(scope);
    await stripe().setupIntents.confirm(setupIntentId, {
      payment_method_data: {
        type: "us_bank_account",
        us_bank_account: {
          account_number: "000123456789",
          routing_number: "110000000",
          account_holder_type: "company",
        },
        billing_details: { name: "Acme Robotics", email: "olivia@acme.test" },
      },
      mandate_data: MANDATE,
      return_url: "http://localhost:3010/",
    });
    const { status, paymentMethod } = await confirmSetup(scope, setupIntentId);
    return { scope, setupIntentId, status, paymentMethod };
  }

  test("wait for their micro-deposits, cannot be the default until then, and are usable afterwards", async () => {
    const { scope, setupIntentId, status, paymentMethod } = await waitingAccount();
    expect(status).toBe("requires_action");
    expect(paymentMethod).toMatchObject({
      type: "us_bank_account",
      status: "requires_verification",
      isDefault: false,
      bankAccount: { last4: "6789" },
    });
    const id = paymentMethod?.paymentMethodId as PaymentMethodId;
    await expect(setDefault(scope, id)).rejects.toMatchObject({ code: "invalid_request" });
    expect((await verificationLink(scope, id))?.url).toMatch(/^http/);
    await stripe().setupIntents.verifyMicrodeposits(setupIntentId, { amounts: [32, 45] });
    expect(await confirmSetup(scope, setupIntentId)).toMatchObject({
      status: "succeeded",
      paymentMethod: { paymentMethodId: id, status: "active", isDefault: true },
    });
    expect(await verificationLink(scope, id)).toBeNull();
  });

  test("can be given up while they wait", async () => {
    const { scope, setupIntentId, paymentMethod } = await waitingAccount();
    await removePaymentMethod(scope, paymentMethod?.paymentMethodId as PaymentMethodId);
    expect(await listPaymentMethods(scope)).toEqual([]);
    expect((await stripe().setupIntents.retrieve(setupIntentId)).status).toBe("canceled");
  });
});
