import { randomBytes } from "node:crypto";
import type Stripe from "stripe";
import type { z } from "zod";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing, unsupported } from "../../http/errors";
import { created, matchesCreated, pageOf, pagination } from "../../http/pages";
import { text } from "../../http/parameters";
import { route } from "../../http/route";
import { search, searching } from "../../http/search";
import { newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { emit } from "../../webhooks/events";
import { attachMethod, detachMethod, resolveCustomer } from "../payment-methods/attach";
import { wholeAddress } from "../payment-methods/build";
import { customerMembers, UNSUPPORTED } from "./parameters";

type Given = z.output<z.ZodObject<typeof customerMembers>>;

function blankCustomer(account: Account): Stripe.Customer {
  return {
    id: newId("cus").slice(0, 18),
    object: "customer",
    address: null,
    balance: 0,
    created: account.nowUnix(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomBytes(4).toString("hex").toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  } satisfies Stripe.Customer;
}

function withDefined<T extends object>(row: T, members: Record<string, unknown>): T {
  return { ...row, ...Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) };
}

/** The customer after what was given is applied. @throws StripeFailure 400 */
function applied(account: Account, customer: Stripe.Customer, given: Given): Stripe.Customer {
  const { address, shipping, invoice_settings: settings, metadata, tax, ...plain } = given;
  if (tax !== undefined) throw unsupported("automatic tax", "tax");
  if (settings?.custom_fields || settings?.rendering_options)
    throw unsupported("invoice rendering of a customer", "invoice_settings");
  if (plain.email && !/^[^@\s]+@[^@\s]+$/.test(plain.email))
    throw invalidRequest(`Invalid email address: ${plain.email}`, { code: "email_invalid", param: "email" });
  const method = settings?.default_payment_method;
  if (method && account.tables.paymentMethods.get(method)?.customer !== customer.id) {
    throw resourceMissing("PaymentMethod", method, "invoice_settings[default_payment_method]");
  }
  return {
    ...withDefined(customer, plain),
    ...(address !== undefined && { address: address && wholeAddress(address) }),
    ...(shipping !== undefined && {
      shipping: shipping && {
        name: shipping.name,
        phone: shipping.phone ?? null,
        address: wholeAddress(shipping.address),
      },
    }),
    invoice_settings: withDefined(customer.invoice_settings, {
      default_payment_method: method,
      footer: settings?.footer,
    }),
    metadata: mergeMetadata(customer.metadata, metadata),
  };
}

export const customerRoutes = [
  route("POST /v1/customers", {
    parameters: { ...customerMembers, payment_method: text.optional() },
    unsupported: UNSUPPORTED,
    handle(account, { payment_method: method, ...given }) {
      const customer = blankCustomer(account);
      account.tables.customers.put(customer);
      const attached = method && attachMethod(account, method, customer.id);
      // The default may name the literal that was just attached.
      const settings =
        attached && given.invoice_settings?.default_payment_method === method
          ? { ...given.invoice_settings, default_payment_method: attached.id }
          : given.invoice_settings;
      const whole = account.tables.customers.put(applied(account, customer, { ...given, invoice_settings: settings }));
      emit(account, "customer.created", whole);
      return whole;
    },
  }),
  route("GET /v1/customers/:id", {
    handle(account, _, call) {
      const customer = account.tables.customers.get(call.path.id ?? "");
      if (!customer) throw resourceMissing("customer", call.path.id ?? "");
      return customer;
    },
  }),
  route("POST /v1/customers/:id", {
    parameters: customerMembers,
    unsupported: UNSUPPORTED,
    handle(account, given, call) {
      const customer = resolveCustomer(account, call.path.id ?? "", "id");
      const updated = account.tables.customers.put(applied(account, customer, given));
      emit(account, "customer.updated", updated, customer);
      return updated;
    },
  }),
  route("DELETE /v1/customers/:id", {
    handle(account, _, call) {
      const customer = resolveCustomer(account, call.path.id ?? "", "id");
      for (const method of [...account.tables.paymentMethods.oldestFirst()]) {
        if (method.customer === customer.id) detachMethod(account, method.id);
      }
      emit(account, "customer.deleted", customer);
      return account.tables.customers.put({ id: customer.id, object: "customer", deleted: true });
    },
  }),
  route("GET /v1/customers", {
    parameters: { ...pagination, created, email: text.optional() },
    handle: (account, given) =>
      pageOf(
        account.tables.customers,
        given,
        "/v1/customers",
        (row) =>
          !row.deleted && matchesCreated(given.created, row.created) && (!given.email || row.email === given.email),
      ),
  }),
  route("GET /v1/customers/search", {
    parameters: searching,
    handle: (account, given) =>
      search(
        account.tables.customers,
        given,
        "/v1/customers/search",
        ["created", "email", "metadata", "name", "phone"],
        (row) => !row.deleted,
      ),
  }),
];
