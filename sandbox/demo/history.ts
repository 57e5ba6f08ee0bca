import { eq } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { subscriptionChanges, tenants, transactions } from "@/db/schema";
import { DEMO_PASSWORD } from "@/db/seed/characters";
import { systemScope, type TenantScope } from "@/lib/auth/scope";
import { ensureUser } from "@/lib/auth/users";
import { now, setClockForTests } from "@/lib/clock";
import { invariant } from "@/lib/errors";
import type { SubscriptionId } from "@/lib/ids";
import { createDraft } from "@/lib/invoices/drafts";
import { finalizeInvoice } from "@/lib/invoices/finalize";
import { payByCustomer } from "@/lib/invoices/pay-by-customer";
import { syncInvoice } from "@/lib/invoices/sync";
import { toCurrency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { attachPaymentMethod, setDefault } from "@/lib/payment-methods/commands";
import { topUp } from "@/lib/recharge/top-up";
import { createSubscription } from "@/lib/subscriptions/create";
import { liveSubscription } from "@/lib/subscriptions/queries";
import { addMember, createTenant } from "@/lib/tenants/commands";
import { refundTransaction } from "@/lib/transactions/refund";
import { recordUsage } from "@/lib/usage/record";

const DAY_MS = 86_400_000;
const FREE_DAYS = 28;

export const SUBSCRIBER = {
  slug: "northwind",
  name: "Northwind Labs",
  timeZone: "Europe/Berlin",
  owner: { email: "nora@northwind.test", name: "Nora Nilsson" },
};

/** Weekends are quiet; the rest follows a wave, so that charts have something to show. */
const usedOn = (day: Date, scale: number) =>
  Math.round(scale * ([0, 6].includes(day.getUTCDay()) ? 0.3 : 1) * (1 + 0.4 * Math.sin(day.getUTCDate())));

async function newTenant(): Promise<TenantScope> {
  const { slug, name, timeZone, owner } = SUBSCRIBER;
  return systemDb().transaction(async (tx) => {
    const tenantId = await createTenant(tx, { slug, name, currency: toCurrency("USD"), timeZone });
    const { userId } = await ensureUser(tx, { ...owner, password: DEMO_PASSWORD });
    await addMember(tx, tenantId, userId, "owner");
    return { ...systemScope(tenantId), role: "owner", userId, actor: owner.email };
  });
}

/** Four weeks on the free plan, day by day, on a clock that is set back in this process alone. */
async function freeMonth(): Promise<TenantScope> {
  const today = now();
  try {
    setClockForTests(new Date(today.getTime() - FREE_DAYS * DAY_MS));
    const scope = await newTenant();
    const { subscriptionId } = await liveSubscription(scope);
    for (let ago = FREE_DAYS; ago > 0; ago--) {
      const day = new Date(today.getTime() - ago * DAY_MS);
      setClockForTests(day);
      await recordUsage(scope, subscriptionId, [
        { id: null, metric: "messages", quantity: usedOn(day, 26), usedAt: null },
        { id: null, metric: "api_calls", quantity: usedOn(day, 130), usedAt: null },
      ]);
    }
    return scope;
  } finally {
    setClockForTests(null);
  }
}

/** The mirror of what was paid at once; afterwards webhooks keep it. */
async function fetchFirstInvoice(subscriptionId: SubscriptionId): Promise<void> {
  const [change] = await systemDb()
    .select({ stripeInvoiceId: subscriptionChanges.stripeInvoiceId })
    .from(subscriptionChanges)
    .where(eq(subscriptionChanges.subscriptionId, subscriptionId));
  if (change?.stripeInvoiceId) await syncInvoice(change.stripeInvoiceId);
}

async function invoicesByHand(scope: TenantScope): Promise<void> {
  const write = async (description: string, quantity: string, unitMinor: number) =>
    createDraft(
      scope,
      { lines: [{ description, quantity, unitMinor: toMinor(unitMinor) }], dueAt: null, memo: null },
      `history:${description}`,
    );
  const paid = await write("Onboarding workshop", "1", 45_000);
  await finalizeInvoice(scope.tenantId, paid.invoiceId);
  await payByCustomer(scope, paid.invoiceId, { paymentMethodId: null, requestKey: "history:workshop" });
  const open = await write("Support, hours", "3.5", 12_000);
  await finalizeInvoice(scope.tenantId, open.invoiceId);
  await write("Migration of older data", "1", 80_000);
}

async function givePartBack(scope: TenantScope, attemptId: string): Promise<void> {
  const [payment] = await systemDb().select().from(transactions).where(eq(transactions.sourceId, attemptId));
  invariant(payment?.tenantId === scope.tenantId, "a top-up is in the list of transactions");
  await refundTransaction(scope, payment.transactionId, {
    amountMinor: toMinor(5_145),
    reason: "Topped up too much",
    requestKey: "history:refund",
  });
}

/**
 * A customer with a past, for the pages to show: made by the product itself, at the stand-in, once. Needs the stand-in, since
 * at Stripe it would leave a customer behind with every start.
 */
export async function makeHistory(): Promise<void> {
  const [known] = await systemDb().select().from(tenants).where(eq(tenants.slug, SUBSCRIBER.slug));
  if (known) return;
  const scope = await freeMonth();
  const method = await attachPaymentMethod(scope, "pm_card_visa");
  await setDefault(scope, method.paymentMethodId);
  const topped = await topUp(scope, { amountMinor: toMinor(20_000), requestKey: "history:top-up" });
  await givePartBack(scope, topped.attemptId);
  const { subscriptionId } = await createSubscription(scope, {
    plan: "starter",
    cycle: "monthly",
    paymentMethodId: null,
    coupon: null,
    trialDays: 0,
    requestKey: "history:subscribe",
  });
  await fetchFirstInvoice(subscriptionId);
  await recordUsage(scope, subscriptionId, [
    { id: "history:messages", metric: "messages", quantity: 12_500, usedAt: null },
    { id: "history:calls", metric: "api_calls", quantity: 61_000, usedAt: null },
  ]);
  await invoicesByHand(scope);
}
