import { eq } from "drizzle-orm";
import type Stripe from "stripe";
import { systemDb } from "@/db/client";
import { notifications } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import { adjust, debit } from "@/lib/balance/commands";
import { getOverview } from "@/lib/balance/queries";
import { newId, type PaymentMethodId, type TenantId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { attachPaymentMethod, ensureCustomer } from "@/lib/payment-methods/commands";
import { syncCustomerMethods } from "@/lib/payment-methods/sync";
import { CONSENT_TEXT_VERSION } from "@/lib/recharge/consent";
import { listAttempts, listDecisions } from "@/lib/recharge/queries";
import { type RuleInput, saveRule } from "@/lib/recharge/rule";
import { createSubscription, type SubscriptionInput } from "@/lib/subscriptions/create";
import { getTenant } from "@/lib/tenants/queries";
import type { World } from "./world";

/** One tenant of a story. */
export class Customer {
  readonly scope: TenantScope;
  constructor(
    readonly world: World,
    readonly tenantId: TenantId,
  ) {
    this.scope = { tenantId, role: "owner", userId: null, actor: "test", scopes: [] };
  }
  /** Saves a test method (`pm_card_visa` …) as the customer's. */
  async card(literal: string): Promise<PaymentMethodId> {
    return (await attachPaymentMethod(this.scope, literal)).paymentMethodId;
  }
  /** Saves a test bank account (`pm_usBankAccount_success` …) with its mandate, as the Payment Element does. */
  async bank(literal: string): Promise<void> {
    await this.world.stripeSdk.setupIntents.create({
      customer: await ensureCustomer(this.tenantId),
      payment_method: literal,
      confirm: true,
      usage: "off_session",
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      mandate_data: { customer_acceptance: { type: "offline" } },
    });
    await syncCustomerMethods(this.tenantId);
  }
  /** Buys a plan: Starter by the month, paid at once by the default method, unless told otherwise. */
  subscribe(more: Partial<SubscriptionInput> = {}) {
    return createSubscription(this.scope, {
      plan: "starter",
      cycle: "monthly",
      paymentMethodId: null,
      coupon: null,
      trialDays: 0,
      requestKey: newId(),
      ...more,
    });
  }
  /** The rule of the worked example, on, without limits unless given. */
  rule(more: RuleInput = {}) {
    return saveRule(this.scope, {
      enabled: true,
      minMinor: toMinor(15_000),
      targetMinor: toMinor(60_000),
      consent: { textVersion: CONSENT_TEXT_VERSION },
      ...more,
      limits: { maxPerDayMinor: null, maxChargesPerDay: null, minIntervalMinutes: null, ...more.limits },
    });
  }
  spend(amountMinor: number, sourceId: string = newId()) {
    return debit(this.scope, { sourceId, amountMinor: toMinor(amountMinor) });
  }
  /** What an operator gives, or takes. */
  credit(amountMinor: number) {
    return adjust(this.scope, {
      tenantId: this.tenantId,
      amountMinor: toMinor(amountMinor),
      reason: "test",
      sourceId: newId(),
    });
  }
  overview = () => getOverview(this.scope);
  attempts = async () => (await listAttempts(this.scope, { limit: 100, cursor: null })).data;
  decisions = async () => (await listDecisions(this.scope, { limit: 100, cursor: null })).data;
  /** Succeeded PaymentIntents at the stand-in: the outside truth. */
  async paid(): Promise<Stripe.PaymentIntent[]> {
    const { stripeCustomerId } = await getTenant(this.scope);
    if (!stripeCustomerId) return [];
    const intents = await this.world.stripeSdk.paymentIntents.list({ customer: stripeCustomerId, limit: 100 });
    return intents.data.filter((intent) => intent.status === "succeeded");
  }
  /** The kinds of notices the customer got, oldest first. */
  async notices(): Promise<string[]> {
    const rows = await systemDb()
      .select({ kind: notifications.kind })
      .from(notifications)
      .where(eq(notifications.tenantId, this.tenantId))
      .orderBy(notifications.notificationId);
    return rows.map((row) => row.kind);
  }
}
