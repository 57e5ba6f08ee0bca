import type Stripe from "stripe";
import type { Fault, WebhookFault } from "../control/faults";
import type { IdempotentAnswer } from "../http/idempotency";
import type { Instrument } from "../instruments/instrument";
import type { Challenge } from "../resources/challenges";
import type { Verification } from "../resources/microdeposits";
import type { Work } from "../time/work";
import type { Delivery } from "../webhooks/delivery";
import type { Store } from "./store";

/** Everything the account holds: Stripe's objects, and what only the stand-in knows about them. */
export function openTables(store: Store) {
  return {
    customers: store.table<Stripe.Customer | Stripe.DeletedCustomer>("customers"),
    paymentMethods: store.table<Stripe.PaymentMethod>("payment_methods"),
    instruments: store.table<Instrument>("instruments"),
    mandates: store.table<Stripe.Mandate>("mandates"),
    setupIntents: store.table<Stripe.SetupIntent>("setup_intents"),
    setupAttempts: store.table<Stripe.SetupAttempt>("setup_attempts"),
    paymentIntents: store.table<Stripe.PaymentIntent>("payment_intents"),
    challenges: store.table<Challenge>("challenges"),
    verifications: store.table<Verification>("verifications"),
    charges: store.table<Stripe.Charge>("charges"),
    balanceTransactions: store.table<Stripe.BalanceTransaction>("balance_transactions"),
    refunds: store.table<Stripe.Refund>("refunds"),
    disputes: store.table<Stripe.Dispute>("disputes"),
    portalConfigurations: store.table<Stripe.BillingPortal.Configuration>("portal_configurations"),
    portalSessions: store.table<Stripe.BillingPortal.Session>("portal_sessions"),
    endpoints: store.table<Stripe.WebhookEndpoint>("webhook_endpoints"),
    endpointSecrets: store.table<{ id: string; secret: string }>("webhook_secrets"),
    events: store.table<Stripe.EventBase>("events"),
    deliveries: store.table<Delivery>("deliveries"),
    work: store.table<Work>("work"),
    idempotency: store.table<IdempotentAnswer>("idempotency"),
    faults: store.table<Fault>("faults"),
    webhookFaults: store.table<WebhookFault>("webhook_faults"),
  };
}

export type Tables = ReturnType<typeof openTables>;
