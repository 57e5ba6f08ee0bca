import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { type Paging, pageOf, pagination } from "../../http/pages";
import { clearable, metadata, oneOf, text } from "../../http/parameters";
import { route } from "../../http/route";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { NOT_OFFERED, OFFERED } from "../not-offered";
import { attachMethod, detachMethod, resolveCustomer } from "./attach";
import { mergeBillingDetails, preferredNetwork } from "./build";
import { mintFromData } from "./mint";
import { allowRedisplay, bankUpdate, billingDetails, cardUpdate, methodData } from "./parameters";

const filters = {
  type: oneOf(...OFFERED, ...NOT_OFFERED).optional(),
  allow_redisplay: allowRedisplay.optional(),
};

interface Filter extends Paging {
  type?: string | undefined;
  allow_redisplay?: string | undefined;
}

function methodsOf(account: Account, customerId: string, filter: Filter, url: string) {
  resolveCustomer(account, customerId);
  return pageOf(
    account.tables.paymentMethods.whose("customer", customerId),
    filter,
    url,
    (method) =>
      (!filter.type || method.type === filter.type) &&
      (!filter.allow_redisplay || method.allow_redisplay === filter.allow_redisplay),
  );
}

function existing(account: Account, id: string): Stripe.PaymentMethod {
  const method = account.tables.paymentMethods.get(id);
  if (!method) throw resourceMissing("PaymentMethod", id, "payment_method");
  return method;
}

function ofCustomer(account: Account, customerId: string, id: string): Stripe.PaymentMethod {
  resolveCustomer(account, customerId);
  const method = account.tables.paymentMethods.get(id);
  if (!method || method.customer !== customerId) throw resourceMissing("PaymentMethod", id, "payment_method");
  return method;
}

export const paymentMethodRoutes = [
  route("POST /v1/payment_methods", {
    parameters: methodData,
    unsupported: ["customer", "customer_account", "payment_method"],
    publishable: true,
    handle: (account, parameters, call) => mintFromData(account, parameters, call.publishable ? "browser" : "server"),
  }),
  route("GET /v1/payment_methods/:id", { handle: (account, _, call) => existing(account, call.path.id ?? "") }),
  route("POST /v1/payment_methods/:id", {
    parameters: {
      allow_redisplay: allowRedisplay.optional(),
      billing_details: billingDetails.optional(),
      card: cardUpdate.optional(),
      metadata: clearable(metadata).optional(),
      us_bank_account: bankUpdate.optional(),
    },
    handle(account, given, call) {
      const method = existing(account, call.path.id ?? "");
      if (method.customer === null)
        throw invalidRequest("You must save this PaymentMethod to a customer before you can update it.", {
          param: "payment_method",
        });
      const { card, us_bank_account: bank } = method;
      const updated = account.tables.paymentMethods.put({
        ...method,
        allow_redisplay: given.allow_redisplay ?? method.allow_redisplay ?? "unspecified",
        billing_details: mergeBillingDetails(method.billing_details, given.billing_details),
        metadata: mergeMetadata(method.metadata, given.metadata),
        ...(card && {
          card: {
            ...card,
            exp_month: given.card?.exp_month ?? card.exp_month,
            exp_year: given.card?.exp_year ?? card.exp_year,
            ...preferredNetwork(card, given.card?.networks?.preferred),
          },
        }),
        ...(bank && {
          us_bank_account: {
            ...bank,
            account_holder_type: given.us_bank_account?.account_holder_type ?? bank.account_holder_type,
            account_type: given.us_bank_account?.account_type ?? bank.account_type,
          },
        }),
      });
      emit(account, "payment_method.updated", updated, method);
      return updated;
    },
  }),
  route("POST /v1/payment_methods/:id/attach", {
    parameters: { customer: text },
    handle: (account, { customer }, call) => attachMethod(account, call.path.id ?? "", customer),
  }),
  route("POST /v1/payment_methods/:id/detach", {
    handle: (account, _, call) => detachMethod(account, call.path.id ?? ""),
  }),
  route("GET /v1/payment_methods", {
    parameters: { ...pagination, ...filters, customer: text.optional() },
    handle(account, given) {
      if (given.customer) return methodsOf(account, given.customer, given, "/v1/payment_methods");
      return pageOf(account.tables.paymentMethods, given, "/v1/payment_methods", () => false);
    },
  }),
  route("GET /v1/customers/:customer/payment_methods", {
    parameters: { ...pagination, ...filters },
    handle: (account, given, call) =>
      methodsOf(account, call.path.customer ?? "", given, `/v1/customers/${call.path.customer}/payment_methods`),
  }),
  route("GET /v1/customers/:customer/payment_methods/:id", {
    handle: (account, _, call) => ofCustomer(account, call.path.customer ?? "", call.path.id ?? ""),
  }),
];
