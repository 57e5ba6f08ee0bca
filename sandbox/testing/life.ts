import type postgres from "postgres";
import type { TenantScope } from "@/lib/auth/scope";
import { getOverview } from "@/lib/balance/queries";
import { now } from "@/lib/clock";
import type { InvoiceId, PaymentMethodId } from "@/lib/ids";
import type { Metric } from "@/lib/plans/types";
import { previewChange } from "@/lib/subscriptions/preview";
import { liveSubscription, type Subscription } from "@/lib/subscriptions/queries";
import { choosePlan } from "@/lib/subscriptions/subscribe";
import { getTenant } from "@/lib/tenants/queries";
import { recordUsage } from "@/lib/usage/record";
import type { FinalRows } from "./final-rows";
import type { LiveWorld } from "./live-world";

/** One customer's life, as far as it has been told. */
export class Life {
  scope!: TenantScope;
  /** Its rows after the first half-year. */
  halfway!: FinalRows;
  constructor(
    readonly world: LiveWorld,
    readonly sql: postgres.Sql,
  ) {}

  live = (): Promise<Subscription> => liveSubscription(this.scope);
  balance = async (): Promise<number> => (await getOverview(this.scope)).balanceMinor;
  until = (at: string): Promise<void> => this.world.until(at);

  async use(id: string, metric: Metric, quantity: number, usedAt: string | null = null) {
    const { subscriptionId } = await this.live();
    const events = [{ id, metric, quantity, usedAt: usedAt ? new Date(usedAt) : null }];
    const recorded = await recordUsage(this.scope, subscriptionId, events);
    await this.world.rest();
    return recorded;
  }

  /** Chooses a plan as the page does: what was shown is what is bought. @returns what was due at once */
  async choose(plan: string, requestKey: string): Promise<number> {
    const { subscriptionId } = await this.live();
    const shown = await previewChange(this.scope, subscriptionId, { plan, coupon: null, prorationAt: null });
    await this.world.until(new Date(now().getTime() + 3 * 60_000));
    await choosePlan(this.scope, {
      plan,
      cycle: "monthly",
      coupon: null,
      prorationAt: shown.prorationAt,
      expectedMinor: shown.dueNowMinor,
      requestKey,
    });
    await this.world.rest();
    return shown.dueNowMinor;
  }

  /** A card that the customer's browser has saved at Stripe. */
  async card(literal: string): Promise<PaymentMethodId> {
    const { stripeCustomerId } = await getTenant(this.scope);
    const saved = await this.world.stripeSdk.paymentMethods.attach(literal, { customer: String(stripeCustomerId) });
    return saved.id as PaymentMethodId;
  }

  /** Succeeded charges, oldest first. */
  async charged(): Promise<number[]> {
    const { stripeCustomerId } = await getTenant(this.scope);
    const charges = await this.world.stripeSdk.charges.list({ customer: String(stripeCustomerId), limit: 100 });
    return charges.data.flatMap(({ status, amount }) => (status === "succeeded" ? [amount] : [])).reverse();
  }

  async invoices(): Promise<{ number: string; status: string; total: number; reason: string; id: InvoiceId }[]> {
    return this.sql`
      select number, status, total_minor::int as total, reason, invoice_id as id from invoices
      where tenant_id = ${this.scope.tenantId} order by number`;
  }

  async notices(): Promise<string[]> {
    const rows = await this.sql<{ text: string }[]>`
      select to_char(created_at, 'MM-DD') || ' ' || kind as text from notifications
      where tenant_id = ${this.scope.tenantId} order by created_at, kind`;
    return rows.map(({ text }) => text);
  }
}
