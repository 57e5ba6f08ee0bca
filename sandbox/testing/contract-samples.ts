import type { Scope } from "@/lib/auth/roles";
import { SCOPES } from "@/lib/auth/roles";
import type { TenantScope } from "@/lib/auth/scope";
import { type Answered, call, company } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { attachPaymentMethod, confirmSetup, startSetup } from "@/lib/payment-methods/commands";
import type { World } from "./world";

/** A call that is answered well: the parameters of its path and what goes with it. */
export type Sample = { id?: string; query?: string; body?: unknown; raw?: string; headers?: Record<string, string> };

/** A tenant of its own for each sample, and what samples are arranged with. */
export class Arranged {
  private constructor(
    readonly world: World,
    readonly who: Awaited<ReturnType<typeof company>>,
    readonly scope: TenantScope,
    readonly token: string,
  ) {}

  static async tenant(world: World): Promise<Arranged> {
    const who = await company();
    const { userId, email } = who.people.owner;
    const scope: TenantScope = { tenantId: who.tenantId, role: "owner", userId, actor: email, scopes: [] };
    const all: Scope[] = [...SCOPES];
    return new Arranged(world, who, scope, await who.token("admin", all));
  }

  /** Calls the API with everything allowed. @throws Error when it was refused */
  async api(method: string, target: string, body?: unknown): Promise<Answered["body"]> {
    const answer = await call(method, target, { token: this.token, body, key: newId() });
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  card = async (literal = "pm_card_visa"): Promise<string> =>
    (await attachPaymentMethod(this.scope, literal)).paymentMethodId;

  /** A bank account whose micro-deposits are on their way. */
  async bankAccount(): Promise<string> {
    const { setupIntentId } = await startSetup(this.scope);
    await this.world.stripeSdk.setupIntents.confirm(setupIntentId, {
      payment_method_data: {
        type: "us_bank_account",
        us_bank_account: {
          account_number: "000123456789",
          routing_number: "110000000",
          account_holder_type: "company",
        },
        billing_details: { name: "Acme Robotics", email: "olivia@acme.test" },
      },
      mandate_data: { customer_acceptance: { type: "offline", offline: {} } },
      return_url: "http://localhost:3010/",
    });
    return (await confirmSetup(this.scope, setupIntentId)).paymentMethod?.paymentMethodId ?? "";
  }

  async topUp(): Promise<string> {
    await this.card();
    return (await this.api("POST", "/balance/recharges", { amount: "80.00" })).id;
  }

  transaction = async (): Promise<string> => {
    await this.topUp();
    return (await this.api("GET", "/transactions?type=payment")).data[0].id;
  };

  free = async (): Promise<string> => (await this.api("GET", "/subscriptions")).data[0].id;

  async subscribed(): Promise<string> {
    await this.card();
    return (await this.api("POST", "/subscriptions", { plan: "starter", trialDays: 0 })).id;
  }

  invoice = async (finalize: boolean): Promise<string> =>
    (await this.api("POST", "/invoices", { lineItems: LINE_ITEMS, finalize })).id;
}

const LINE_ITEMS = [{ description: "Onboarding", quantity: 2, unitAmount: "150.00" }];

type Arrange = (tenant: Arranged) => Promise<Sample> | Sample;
const withId =
  (make: (tenant: Arranged) => Promise<string>, body?: unknown): Arrange =>
  async (tenant) => ({ id: await make(tenant), ...(body === undefined ? {} : { body }) });

const ofTopUp = withId((tenant) => tenant.topUp());
const hold = async (tenant: Arranged): Promise<string> =>
  (await tenant.api("POST", "/balance/holds", { amount: "20.00" })).id;
const open = (tenant: Arranged) => tenant.invoice(true);
const draft = (tenant: Arranged) => tenant.invoice(false);
const second = async (tenant: Arranged): Promise<string> => {
  await tenant.card();
  return tenant.card("pm_card_mastercard");
};

const paused = async (tenant: Arranged): Promise<string> => {
  const id = await tenant.subscribed();
  await tenant.api("POST", `/subscriptions/${id}/pause`);
  return id;
};

/**
 * Good input for the endpoints for which the example of the description is not enough: those about something that has to be
 * there first. The contract test asks for one here when a new endpoint needs it.
 */
export const SAMPLES: Record<string, Arrange> = {
  "POST /balance/adjustments": ({ who }) => ({ body: { tenantId: who.tenantId, amount: "25.00", reason: "Goodwill" } }),
  "PUT /balance/auto-recharge": () => ({ body: { minBalance: "150.00", targetBalance: "600.00" } }),
  "POST /balance/recharges": async (tenant) => {
    await tenant.card();
    return { body: { amount: "50.00" } };
  },
  "GET /balance/recharges/{id}": ofTopUp,
  "GET /balance/recharges/{id}/receipt": ofTopUp,
  "POST /balance/holds/{id}/capture": withId(hold, { amount: "17.25" }),
  "POST /balance/holds/{id}/release": withId(hold, {}),
  "PATCH /payment-methods/{id}": withId((tenant) => tenant.card(), {
    billingAddress: { line1: "1 Quay", country: "US" },
  }),
  "DELETE /payment-methods/{id}": withId((tenant) => tenant.card()),
  "POST /payment-methods/{id}/default": withId(second, {}),
  "POST /payment-methods/{id}/backup": withId(second, {}),
  "GET /payment-methods/{id}/verification": withId((tenant) => tenant.bankAccount()),
  "POST /payment-methods/{id}/verify": withId((tenant) => tenant.bankAccount(), { amounts: [32, 45] }),
  "POST /payment-methods/portal": async (tenant) => {
    await tenant.card();
    return { body: { returnUrl: "http://localhost:3010/payment-methods" } };
  },
  "POST /subscriptions": async (tenant) => {
    await tenant.card();
    return { body: { plan: "professional", billingCycle: "monthly" } };
  },
  "GET /subscriptions/{id}": withId((tenant) => tenant.free()),
  "PATCH /subscriptions/{id}": withId((tenant) => tenant.subscribed(), { plan: "enterprise" }),
  "POST /subscriptions/{id}/preview": withId((tenant) => tenant.subscribed(), { plan: "enterprise" }),
  "POST /subscriptions/{id}/cancel": withId((tenant) => tenant.subscribed(), { when: "period_end" }),
  "POST /subscriptions/{id}/reactivate": withId(async (tenant) => {
    const id = await tenant.subscribed();
    await tenant.api("POST", `/subscriptions/${id}/cancel`, { when: "period_end" });
    return id;
  }, {}),
  "POST /subscriptions/{id}/pause": withId((tenant) => tenant.subscribed(), {}),
  "POST /subscriptions/{id}/resume": withId(paused, {}),
  "POST /subscriptions/{id}/usage": withId((tenant) => tenant.free(), { metric: "messages", quantity: 10 }),
  "GET /subscriptions/{id}/usage": withId((tenant) => tenant.free()),
  "GET /invoices/{id}": withId(draft),
  "PATCH /invoices/{id}": withId(draft, { memo: "Purchase order 4711" }),
  "DELETE /invoices/{id}": withId(draft),
  "POST /invoices/{id}/finalize": withId(draft, {}),
  "POST /invoices/{id}/send": withId(open, {}),
  "POST /invoices/{id}/void": withId(open, {}),
  "POST /invoices/{id}/mark-uncollectible": withId(open, {}),
  "POST /invoices/{id}/pay": withId(async (tenant) => {
    await tenant.card();
    return open(tenant);
  }, {}),
  "POST /invoices/{id}/credit-notes": withId(open, { amount: "50.00", reason: "A day fell through" }),
  "GET /invoices/{id}/pdf": withId(open),
  "GET /credit-notes/{id}/pdf": withId(async (tenant) => {
    const invoice = await open(tenant);
    return (await tenant.api("POST", `/invoices/${invoice}/credit-notes`, { amount: "50.00" })).id;
  }),
  "GET /transactions/{id}": withId((tenant) => tenant.transaction()),
  "POST /transactions/{id}/refund": withId((tenant) => tenant.transaction(), { amount: "50.00" }),
  "GET /transactions/summary/{period}": () => ({ id: "month" }),
  "GET /transactions/export/{format}": () => ({ id: "csv" }),
  "DELETE /tokens/{id}": withId(
    async (tenant) => (await tenant.api("POST", "/tokens", { name: "n", role: "member" })).id,
  ),
  "POST /webhooks/stripe": ({ world }) => {
    const raw = JSON.stringify({
      id: `evt_${newId()}`,
      object: "event",
      type: "customer.updated",
      created: 1_790_000_000,
      data: { object: { id: "cus_none", object: "customer" } },
    });
    const secret = process.env.STRIPE_WEBHOOK_SECRET ?? "";
    return {
      raw,
      headers: { "stripe-signature": world.stripeSdk.webhooks.generateTestHeaderString({ payload: raw, secret }) },
    };
  },
};
