import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { newId } from "../../state/ids";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { MAGIC, readTaxId } from "./types";

const MOST = 5;
const VERIFICATION_MS = 2_000;

/**
 * Gives a customer (or, with null, the account itself) a tax id. Numbers that can be looked up are verified a little later.
 * @param prefix of parameter names in errors
 * @throws StripeFailure 400 for a number that cannot be one
 */
export function createTaxId(
  account: Account,
  customer: string | null,
  given: { type: string; value: string },
  prefix = "",
): Stripe.TaxId {
  const { country, status } = readTaxId(given.type, given.value, prefix);
  const held = customer ? [...account.tables.taxIds.whose("customer", customer).oldestFirst()] : [];
  if (held.length >= MOST) throw invalidRequest(`A customer can have at most ${MOST} tax IDs.`);
  const taxId = account.tables.taxIds.put({
    id: newId("txi"),
    object: "tax_id",
    country,
    created: account.nowUnix(),
    customer,
    customer_account: null,
    livemode: false,
    owner: customer ? { customer, customer_account: null, type: "customer" } : { customer_account: null, type: "self" },
    type: given.type,
    value: given.value,
    verification: { status, verified_address: null, verified_name: null },
  } satisfies Stripe.TaxId);
  if (customer) emit(account, "customer.tax_id.created", taxId);
  if (status === "pending") schedule(account, "tax_id_verified", taxId.id, account.nowMs() + VERIFICATION_MS);
  return taxId;
}

/** The authorities have answered. A number without a rehearsed outcome exists. */
export function verifyTaxId(account: Account, id: string): void {
  const taxId = account.tables.taxIds.get(id);
  const status = taxId && (MAGIC[taxId.value] ?? "verified");
  if (!taxId || status === "pending") return;
  const verified = status === "verified";
  const updated = account.tables.taxIds.put({
    ...taxId,
    verification: {
      status: status ?? "unverified",
      verified_address: verified ? "123 TEST STREET" : null,
      verified_name: verified ? "TEST" : null,
    },
  });
  if (taxId.customer) emit(account, "customer.tax_id.updated", updated, taxId);
}

/** @throws StripeFailure 404 when it is not there or somebody else's */
export function resolveTaxId(account: Account, id: string, customer?: string): Stripe.TaxId {
  const taxId = account.tables.taxIds.get(id);
  if (!taxId || (customer !== undefined && taxId.customer !== customer)) throw resourceMissing("tax_id", id);
  return taxId;
}

export function deleteTaxId(account: Account, taxId: Stripe.TaxId): Stripe.DeletedTaxId {
  account.tables.taxIds.delete(taxId.id);
  if (taxId.customer) emit(account, "customer.tax_id.deleted", taxId);
  return { id: taxId.id, object: "tax_id", deleted: true };
}
