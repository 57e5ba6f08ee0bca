import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { instrumentOf } from "../../instruments/instrument";
import { emit } from "../../webhooks/events";
import { deactivateMandate } from "../mandates/mandates";
import { methodDetached } from "../subscriptions/after-method";
import { mintFromLiteral, refuseDeclinedCard } from "./mint";

const SPENT =
  "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.";

/**
 * The method behind an id or a literal; every literal mints a new one.
 * @throws StripeFailure 404
 */
export function resolveMethod(account: Account, idOrLiteral: string, param = "payment_method"): Stripe.PaymentMethod {
  const method = account.tables.paymentMethods.get(idOrLiteral) ?? mintFromLiteral(account, idOrLiteral);
  if (!method) throw resourceMissing("PaymentMethod", idOrLiteral, param);
  return method;
}

/** A customer that exists and is not deleted. @throws StripeFailure 404 */
export function resolveCustomer(account: Account, id: string, param = "customer"): Stripe.Customer {
  const customer = account.tables.customers.get(id);
  if (!customer || customer.deleted) throw resourceMissing("customer", id, param);
  return customer;
}

/** A filter of a list: a customer that exists or existed. @throws StripeFailure 404 */
export function knownCustomer(account: Account, id: string | undefined): string | undefined {
  if (id !== undefined && !account.tables.customers.get(id)) throw resourceMissing("customer", id, "customer");
  return id;
}

/**
 * Whether a method may be used for a customer (or for nobody), whoever asks.
 * @throws StripeFailure 400 when it is spent or somebody else's
 */
export function checkUsable(account: Account, method: Stripe.PaymentMethod, customerId: string | null): void {
  if (instrumentOf(account, method.id).spent) throw invalidRequest(SPENT, { param: "payment_method" });
  if (method.customer === null || method.customer === customerId) return;
  const message = customerId
    ? `The customer does not have a payment method with the ID ${method.id}. The payment method must be attached to the customer.`
    : `The payment method you provided (${method.id}) belongs to a customer. Please pass the customer's ID in the \`customer\` parameter.`;
  throw invalidRequest(message, { param: "payment_method" });
}

/** Attaches without asking the bank: what a confirmed intent does. */
export function attachTo(account: Account, methodId: string, customerId: string): Stripe.PaymentMethod {
  const method = account.tables.paymentMethods.get(methodId);
  if (method?.customer === customerId) return method;
  const attached = account.tables.paymentMethods.patch(methodId, { customer: customerId });
  emit(account, "payment_method.attached", attached);
  return attached;
}

/**
 * `POST /v1/payment_methods/:id/attach`. Declining cards cannot be attached; bank accounts are saved by an intent, which
 * verifies them and takes the mandate.
 */
export function attachMethod(account: Account, idOrLiteral: string, customerId: string): Stripe.PaymentMethod {
  const customer = resolveCustomer(account, customerId);
  const method = resolveMethod(account, idOrLiteral);
  const instrument = instrumentOf(account, method.id);
  if (instrument.spent) throw invalidRequest(SPENT, { param: "payment_method" });
  if (method.customer !== null && method.customer !== customer.id) {
    throw invalidRequest("The payment method you provided has already been attached to a customer.", {
      param: "payment_method",
    });
  }
  if (instrument.kind === "us_bank_account" && !instrument.mandate) {
    throw invalidRequest(
      "US bank account PaymentMethods must be verified before they can be attached to a customer. Use a SetupIntent, or a PaymentIntent with setup_future_usage, instead.",
      { param: "payment_method" },
    );
  }
  if (instrument.kind === "card") refuseDeclinedCard(instrument.number);
  return attachTo(account, method.id, customer.id);
}

/** `POST /v1/payment_methods/:id/detach`: the method can never be used again, and stops being anybody's default. */
export function detachMethod(account: Account, id: string): Stripe.PaymentMethod {
  const method = account.tables.paymentMethods.get(id);
  if (!method) throw resourceMissing("PaymentMethod", id, "payment_method");
  if (typeof method.customer !== "string") {
    throw invalidRequest("The payment method you provided is not attached to a customer so detachment is impossible.", {
      param: "payment_method",
    });
  }
  const customer = account.tables.customers.get(method.customer);
  const detached = account.tables.paymentMethods.patch(id, { customer: null });
  const { mandate } = account.tables.instruments.patch(id, { spent: true });
  if (mandate) deactivateMandate(account, mandate);
  emit(account, "payment_method.detached", detached, method);
  methodDetached(account, id, method.customer);
  if (customer && !customer.deleted && customer.invoice_settings.default_payment_method === id) {
    const invoice_settings = { ...customer.invoice_settings, default_payment_method: null };
    const updated = account.tables.customers.put({ ...customer, invoice_settings });
    emit(account, "customer.updated", updated, customer);
  }
  return detached;
}
