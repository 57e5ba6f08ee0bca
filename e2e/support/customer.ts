import { CONSENT_TEXT_VERSION } from "../../lib/recharge/consent";
import { BillingApi, succeeded } from "./billing-api";
import { database } from "./database";
import { type NewTenant, newTenant } from "./new-tenant";
import { sessionOf } from "./session";

export interface Balance {
  balance: string;
  pending: string;
  autoRecharge: { enabled: boolean; state: string; reason: string | null; paymentMethodId: string | null };
  lastRecharge: { id: string; state: string; total: string } | null;
}

/** A tenant of one test, and what its people and programs do outside the browser. */
export class Customer {
  private constructor(
    readonly tenant: NewTenant,
    /** As its owner. */
    readonly api: BillingApi,
    /** As its own service that spends. */
    readonly service: BillingApi,
  ) {}

  static async create({ balanceMinor = 60_000 } = {}): Promise<Customer> {
    const tenant = await newTenant(balanceMinor);
    const api = new BillingApi({ cookie: await sessionOf(tenant.owner) });
    const wanted = { name: "usage", role: "service", scopes: ["balance:write", "usage:write"], expiresInDays: 365 };
    const { token } = succeeded(await api.post<{ token: string }>("/tokens", wanted));
    return new Customer(tenant, api, new BillingApi({ token }));
  }

  get tenantId() {
    return this.tenant.tenantId;
  }

  async saveMethod(testMethod = "pm_card_visa"): Promise<string> {
    const method = succeeded(await this.api.post<{ id: string }>("/payment-methods", { paymentMethodId: testMethod }));
    return method.id;
  }

  /** The rule of the worked example, without limits that a test would run into. */
  async turnOn(minBalance = "150.00", targetBalance = "600.00"): Promise<void> {
    const limits = { minIntervalMinutes: null, maxChargesPerDay: null, maxPerDay: null };
    const consent = { textVersion: CONSENT_TEXT_VERSION };
    const rule = { enabled: true, minBalance, targetBalance, limits, consent };
    succeeded(await this.api.put("/balance/auto-recharge", rule));
  }

  /** Charges once, by hand. */
  async topUp(amount: string): Promise<void> {
    succeeded(await this.api.post("/balance/recharges", { amount }));
  }

  async spend(amount: string): Promise<void> {
    succeeded(await this.service.post("/balance/debits", { amount, description: "Test usage" }));
  }

  async balance(): Promise<Balance> {
    return succeeded(await this.api.get<Balance>("/balance"));
  }

  async stripeCustomerId(): Promise<string> {
    const [row] = await database()`select stripe_customer_id as id from tenants where tenant_id = ${this.tenantId}`;
    if (!row?.id) throw new Error(`${this.tenant.name} is not at Stripe yet`);
    return row.id as string;
  }
}
