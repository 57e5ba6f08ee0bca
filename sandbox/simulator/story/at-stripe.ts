import type Stripe from "stripe";
import { ensureCustomer } from "@/lib/payment-methods/commands";
import { syncCustomerMethods } from "@/lib/payment-methods/sync";
import { afterFinish } from "@/lib/recharge/finish";
import { browserOperations } from "../../stripe/browser-operations";
import { REHEARSALS } from "../../stripe/control/rehearsals";
import type { SimulatedTenant } from "../tenant";
import type { World } from "../world";
import { around, customerOf, freshStart, methodsOf } from "./perform";

/** What the simulator does with its own hands at the stand-in: customers in their browsers, banks, somebody in Stripe's dashboard. */
async function atStripe(world: World, path: string, params: Record<string, string>, key?: string): Promise<boolean> {
  const { status } = await world.stripe.ask("POST", path, params, key);
  world.scheduler.note(`  at Stripe: POST ${path}: ${status}`);
  return status < 400;
}

function rehearse(world: World, name: string, body: unknown): void {
  try {
    REHEARSALS[name]?.(world.stripe.account, body);
  } catch (error) {
    world.scheduler.note(`  at Stripe: ${name} cannot be: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Succeeded top-ups of a tenant, oldest first. */
export function chargesOf(world: World, tenant: SimulatedTenant): Stripe.Charge[] {
  const customer = customerOf(world, tenant);
  if (!customer) return [];
  const charges = [...world.stripe.account.tables.charges.whose("customer", customer).oldestFirst()];
  return charges.filter(({ status, metadata }) => status === "succeeded" && metadata.evenkeel_purpose === "recharge");
}

/** Saves a bank account as the Payment Element does: at Stripe, and the product is told to look. */
export function saveBank(world: World, tenant: SimulatedTenant, literal: string): void {
  freshStart(tenant);
  const work = async () => {
    const customer = await ensureCustomer(tenant.tenantId);
    await atStripe(world, "/v1/setup_intents", {
      customer,
      payment_method: literal,
      confirm: "true",
      usage: "off_session",
      "automatic_payment_methods[enabled]": "true",
      "automatic_payment_methods[allow_redirects]": "never",
      "mandate_data[customer_acceptance][type]": "offline",
      "mandate_data[customer_acceptance][offline]": "",
    });
    await syncCustomerMethods(tenant.tenantId);
  };
  world.calls.ask(`bank account ${literal} of ${tenant.name}`, work);
}

export function declineNext(
  world: World,
  tenant: SimulatedTenant,
  { nth, declineCode, times }: { nth: number; declineCode: string; times: number },
): void {
  const paymentMethod = around(methodsOf(world, tenant), nth);
  if (paymentMethod) rehearse(world, "declines", { paymentMethod, declineCode, times });
}

export async function refundAtStripe(
  world: World,
  tenant: SimulatedTenant,
  { nth, share }: { nth: number; share: number },
): Promise<void> {
  const charge = around(chargesOf(world, tenant), nth);
  if (!charge) return;
  const left = charge.amount - charge.amount_refunded;
  await atStripe(world, "/v1/refunds", { charge: charge.id, amount: String(Math.max(1, Math.floor(left * share))) });
}

export function disputeOne(world: World, tenant: SimulatedTenant, nth: number): void {
  const charge = around(chargesOf(world, tenant), nth);
  if (charge) rehearse(world, "disputes", { charge: charge.id, kind: "fraudulent" });
}

export function decideDispute(
  world: World,
  tenant: SimulatedTenant,
  { nth, outcome }: { nth: number; outcome: "won" | "lost" },
): void {
  const ids = new Set(chargesOf(world, tenant).map(({ id }) => id));
  const disputes = [...world.stripe.account.tables.disputes.oldestFirst()].filter(({ charge }) =>
    ids.has(String(charge)),
  );
  const dispute = around(disputes, nth);
  if (outcome === "won") freshStart(tenant);
  if (dispute) rehearse(world, "disputes", { dispute: dispute.id, outcome });
}

/** The customer follows the mailed link and finishes the payment that waits, or fails to. */
export async function authenticate(world: World, tenant: SimulatedTenant, outcome: "success" | "fail"): Promise<void> {
  const [open] = await world.sql<{ attempt_id: string; intent: string | null; method: string }[]>`
    select attempt_id, stripe_payment_intent_id as intent, payment_method_id as method from recharge_attempts
    where tenant_id = ${tenant.tenantId} and state = 'requires_action'`;
  const { account } = world.stripe;
  const intent = open?.intent ? account.tables.paymentIntents.get(open.intent) : undefined;
  if (!open || !intent?.client_secret) return;
  const secret = intent.client_secret;
  await atStripe(
    world,
    `/v1/payment_intents/${intent.id}/confirm`,
    { client_secret: secret, payment_method: open.method, return_url: "https://evenkeel.test/finished" },
    account.keys.publishableKey,
  );
  if (account.tables.paymentIntents.get(intent.id)?.status === "requires_action")
    browserOperations(account).completeChallenge(secret, outcome);
  for (const charge of account.tables.charges.whose("payment_intent", intent.id).oldestFirst())
    world.inPerson.add(charge.id);
  if (account.tables.paymentIntents.get(intent.id)?.status === "succeeded") await world.stripe.onPayment(intent.id);
  world.scheduler.note(`  the customer is done: ${account.tables.paymentIntents.get(intent.id)?.status}`);
  world.calls.ask(`after the customer of ${tenant.name}`, () => afterFinish(tenant.scope, open.attempt_id));
}
