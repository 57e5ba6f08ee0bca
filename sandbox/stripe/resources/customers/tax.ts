import type Stripe from "stripe";
import type { Account } from "../../account";
import type { Row } from "../../state/table";

/** What tax needs to know of a customer beyond its address; `id` is the customer's. */
export interface CustomerTax extends Row {
  ipAddress: string | null;
}

function locationOf(customer: Stripe.Customer): Stripe.Customer.Tax.Location | null {
  const shipping = customer.shipping?.address;
  const address = shipping?.country ? shipping : customer.address;
  if (!address?.country) return null;
  const source = address === shipping ? "shipping_destination" : "billing_address";
  return { country: address.country, source, state: address.state };
}

/** A customer's `tax`: where it is taxed. The account is registered nowhere, so nothing is collected by itself. */
export function taxLocationOf(account: Account, id: string): Stripe.Customer.Tax | undefined {
  const customer = account.tables.customers.get(id);
  if (!customer || customer.deleted) return undefined;
  const location = locationOf(customer);
  return {
    automatic_tax: location ? "not_collecting" : "unrecognized_location",
    ip_address: account.tables.customerTax.get(id)?.ipAddress ?? null,
    location,
    provider: "stripe",
  };
}
