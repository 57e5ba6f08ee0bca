import { and, asc, eq, ne } from "drizzle-orm";
import { systemDb } from "@/db/client";
import { dunningCases, dunningSteps, invoicePayments, invoices } from "@/db/schema";
import { now, setClockForTests } from "@/lib/clock";
import type { PaymentMethodId } from "@/lib/ids";
import { syncCustomerMethods } from "@/lib/payment-methods/sync";
import type { Customer } from "./customer";
import type { World } from "./world";

export type Subscriber = { acme: Customer; stripeSubscriptionId: string; good: PaymentMethodId };

type Terms = { at?: string; paidBy?: "own method" | "default" };

/** A customer on the Starter plan, paid by a card that is good: the plan's own method, or whatever is the default. */
export async function subscriber(
  world: World,
  { at = "2027-02-10T12:00:00Z", paidBy = "own method" }: Terms = {},
): Promise<Subscriber> {
  setClockForTests(at);
  const acme = await world.customer();
  const good = await acme.card("pm_card_visa");
  const bought = await acme.subscribe({ paymentMethodId: paidBy === "default" ? null : good });
  await world.drain();
  return { acme, good, stripeSubscriptionId: String(bought.stripeSubscriptionId) };
}

/** From now on the card on file, which is returned, cannot be charged, and there is no other one. */
export async function cardFails(
  world: World,
  { acme, good, stripeSubscriptionId }: Subscriber,
): Promise<PaymentMethodId> {
  const bad = await acme.card("pm_card_chargeCustomerFail");
  await world.stripeSdk.subscriptions.update(stripeSubscriptionId, { default_payment_method: bad });
  await world.stripeSdk.paymentMethods.detach(good);
  await syncCustomerMethods(acme.tenantId);
  await world.drain();
  return bad;
}

/** Lets time pass until the renewal has failed; up to then our jobs have nothing to do but what Stripe tells. */
export async function untilFailed(world: World, { acme }: Subscriber): Promise<void> {
  for (let stops = 0; stops < 100 && (await casesOf(acme)).length === 0; stops++) {
    const due = await world.dueAtStripe();
    if (due && due > now()) setClockForTests(due);
    if (await world.drain()) await world.sweep();
  }
}

export const casesOf = (acme: Customer) =>
  systemDb().select().from(dunningCases).where(eq(dunningCases.tenantId, acme.tenantId));

export const stepsOf = (acme: Customer) =>
  systemDb()
    .select()
    .from(dunningSteps)
    .where(eq(dunningSteps.tenantId, acme.tenantId))
    .orderBy(asc(dunningSteps.caseId), asc(dunningSteps.position));

/** What each step came to: `attempt: declined`. */
export const outcomesOf = async (acme: Customer) =>
  (await stepsOf(acme)).map(({ kind, outcome }) => `${kind}: ${outcome}`);

/** Our own tries to collect, oldest first: what asked for it and what it came to. */
export async function triesOf(acme: Customer): Promise<[string, string][]> {
  const rows = await systemDb()
    .select()
    .from(invoicePayments)
    .where(and(eq(invoicePayments.tenantId, acme.tenantId), ne(invoicePayments.trigger, "stripe")))
    .orderBy(asc(invoicePayments.createdAt), asc(invoicePayments.paymentId));
  return rows.map(({ trigger, state }) => [trigger, state]);
}

export async function renewalOf(acme: Customer) {
  const [row] = await systemDb()
    .select()
    .from(invoices)
    .where(and(eq(invoices.tenantId, acme.tenantId), eq(invoices.reason, "subscription_cycle")));
  if (!row) throw new Error("nothing was renewed");
  return row;
}

/** Lets the jobs run a minute after the instant at which the timetable has a step. */
export async function atStep(world: World, acme: Customer, position: number): Promise<void> {
  const step = (await stepsOf(acme))[position];
  if (!step) throw new Error("no such step");
  setClockForTests(new Date(step.dueAt.getTime() + 60_000));
  await world.drain();
  await world.sweep();
  await world.drain();
}

/** Charges that the stand-in declined: the outside truth. */
export async function declinesAtStripe(world: World, acme: Customer): Promise<number> {
  const customer = String((await acme.paid())[0]?.customer);
  const charges = await world.stripeSdk.charges.list({ customer, limit: 100 });
  return charges.data.filter((charge) => charge.status === "failed").length;
}
