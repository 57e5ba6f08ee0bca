import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { emit } from "../../webhooks/events";
import { moveBalance } from "../customer-balance/apply";
import { attachMethod } from "../payment-methods/attach";
import { createTaxId } from "../tax-ids/tax-ids";
import { applied, blankCustomer, type CustomerInput } from "./build";
import { applyOlderDiscount } from "./older-discount";

const DEFAULT_CURRENCY = "usd";

/** Stores a customer with what is kept beside it. A balance that is set is moved there, so that its transactions add up. */
function keep(
  account: Account,
  customer: Stripe.Customer,
  given: CustomerInput,
  type: Stripe.CustomerBalanceTransaction.Type,
): Stripe.Customer {
  const { tax, balance } = given;
  if (tax?.validate_location === "immediately" && !customer.address?.country && !customer.shipping?.address?.country)
    throw invalidRequest(
      "We could not determine the customer's tax location based on the provided customer address. Learn more at https://stripe.com/docs/tax/customer-locations.",
      { code: "customer_tax_location_invalid", param: "address" },
    );
  if (tax?.ip_address !== undefined) account.tables.customerTax.put({ id: customer.id, ipAddress: tax.ip_address });
  const kept = account.tables.customers.put(customer);
  const movedMinor = (balance ?? kept.balance) - kept.balance;
  if (movedMinor === 0) return kept;
  return moveBalance(account, kept, movedMinor, kept.currency ?? DEFAULT_CURRENCY, type).customer;
}

/** What only a new customer may be given. */
interface Creation {
  payment_method?: string | undefined;
  tax_id_data?: { type: string; value: string }[] | undefined;
  /** Whose time the customer lives in, which the request is served in already. */
  test_clock?: string | undefined;
}

/**
 * `POST /v1/customers`.
 * @param version of the request; null is an older one
 * @throws StripeFailure 400, 402 when the card is declined, 404
 */
export function createCustomer(
  account: Account,
  { payment_method: method, tax_id_data: taxIds, test_clock: clock, ...given }: CustomerInput & Creation,
  version: string | null,
): Stripe.Customer {
  if (clock && account.clock !== clock) throw resourceMissing("billing clock", clock, "test_clock");
  const customer = account.tables.customers.put(blankCustomer(account));
  const attached = method && attachMethod(account, method, customer.id);
  // The default may name the literal that was just attached.
  const settings =
    attached && given.invoice_settings?.default_payment_method === method
      ? { ...given.invoice_settings, default_payment_method: attached.id }
      : given.invoice_settings;
  const members = { ...given, invoice_settings: settings };
  const created = keep(account, applied(account, customer, members), given, "initial");
  emit(account, "customer.created", created);
  taxIds?.forEach((taxId, at) => {
    createTaxId(account, customer.id, taxId, `tax_id_data[${at}]`);
  });
  return applyOlderDiscount(account, created, given, version);
}

/**
 * `POST /v1/customers/:id`.
 * @param version of the request; null is an older one
 * @throws StripeFailure 400, 404
 */
export function updateCustomer(
  account: Account,
  customer: Stripe.Customer,
  given: CustomerInput,
  version: string | null,
): Stripe.Customer {
  const updated = keep(account, applied(account, customer, given), given, "adjustment");
  const discounted = applyOlderDiscount(account, updated, given, version);
  emit(account, "customer.updated", discounted, customer);
  return discounted;
}
