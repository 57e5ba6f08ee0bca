import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest, resourceMissing } from "../../http/errors";
import { idOf, newId } from "../../state/ids";
import { mergeMetadata } from "../../state/metadata";
import { schedule } from "../../time/work";
import { emit } from "../../webhooks/events";
import { readCurrency } from "../payment-intents/build";
import { resolveCustomer } from "../payment-methods/attach";
import { isUsed, remainingOf } from "./balance";
import type { GrantInput } from "./parameters";
import { checkScope } from "./scope";
import { recordDebit, recordGrant } from "./transactions";

type Grant = Stripe.Billing.CreditGrant;

const MAX_UNUSED = 100;
const DEFAULT_PRIORITY = 50;

/** @throws StripeFailure 404 */
export function existingGrant(account: Account, id: string, param = "id"): Grant {
  const grant = account.tables.creditGrants.get(id);
  if (!grant) throw resourceMissing("billing credit grant", id, param);
  return grant;
}

function checkLimit(account: Account, customerId: string): void {
  const unused = [...account.tables.creditGrants.whose("customer", customerId).oldestFirst()].filter(
    (grant) => isOpen(account, grant) && !isUsed(account, grant),
  );
  if (unused.length >= MAX_UNUSED)
    throw invalidRequest(`A customer can have at most ${MAX_UNUSED} unused credit grants.`, { param: "customer" });
}

/** @throws StripeFailure 400 for an amount, scope, priority or time that makes no sense */
export function createGrant(account: Account, given: GrantInput): Grant {
  const { monetary } = given.amount;
  if (!monetary)
    throw invalidRequest("Missing required param: amount[monetary].", {
      code: "parameter_missing",
      param: "amount[monetary]",
    });
  if (monetary.value <= 0)
    throw invalidRequest("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount[monetary][value]",
    });
  const priority = given.priority ?? DEFAULT_PRIORITY;
  if (priority < 0 || priority > 100)
    throw invalidRequest("Invalid priority: must be between 0 and 100.", { param: "priority" });
  if (!given.customer)
    throw invalidRequest("Missing required param: customer.", { code: "parameter_missing", param: "customer" });
  const customer = resolveCustomer(account, given.customer);
  const at = account.nowUnix();
  const effectiveAt = given.effective_at ?? at;
  checkExpiry(given.expires_at ?? null, Math.max(at, effectiveAt));
  checkLimit(account, customer.id);
  const grant = {
    id: newId("credgr_test"),
    object: "billing.credit_grant",
    amount: { monetary: { currency: readCurrency(monetary.currency), value: monetary.value }, type: "monetary" },
    applicability_config: { scope: checkScope(account, given.applicability_config.scope) },
    category: given.category ?? "paid",
    created: at,
    customer: customer.id,
    customer_account: null,
    effective_at: effectiveAt,
    expires_at: given.expires_at ?? null,
    livemode: false,
    metadata: mergeMetadata(null, given.metadata),
    name: given.name ?? null,
    priority,
    test_clock: idOf(customer.test_clock),
    updated: at,
    voided_at: null,
  } satisfies Grant;
  account.tables.creditGrants.put(grant);
  emit(account, "billing.credit_grant.created", grant);
  recordGrant(account, grant);
  scheduleExpiry(account, grant);
  return grant;
}

function checkExpiry(expiresAt: number | null, after: number): void {
  if (expiresAt !== null && expiresAt <= after)
    throw invalidRequest("Invalid expires_at: must be in the future and after effective_at.", { param: "expires_at" });
}

function scheduleExpiry(account: Account, grant: Grant): void {
  if (grant.expires_at !== null) schedule(account, "credit_grant_expires", grant.id, grant.expires_at * 1000);
}

function isOpen(account: Account, grant: Grant): boolean {
  return grant.voided_at === null && (grant.expires_at === null || grant.expires_at > account.nowUnix());
}

function refuseClosed(account: Account, grant: Grant, verb: string): void {
  if (isOpen(account, grant)) return;
  const state = grant.voided_at === null ? "expired" : "voided";
  throw invalidRequest(`This credit grant cannot be ${verb} because it has already been ${state}.`);
}

function changed(account: Account, grant: Grant, members: Partial<Grant>): Grant {
  const next = account.tables.creditGrants.put({ ...grant, ...members, updated: account.nowUnix() });
  emit(account, "billing.credit_grant.updated", next, grant);
  return next;
}

export interface GrantChange {
  expires_at?: number | null | undefined;
  metadata?: Record<string, string> | null | undefined;
}

/** @throws StripeFailure 400 for a closed grant or a time in the past */
export function updateGrant(account: Account, grant: Grant, given: GrantChange): Grant {
  if (given.expires_at !== undefined) {
    refuseClosed(account, grant, "updated");
    checkExpiry(given.expires_at, Math.max(account.nowUnix(), grant.effective_at ?? 0));
  }
  const next = changed(account, grant, {
    expires_at: given.expires_at === undefined ? grant.expires_at : given.expires_at,
    metadata: mergeMetadata(grant.metadata, given.metadata),
  });
  if (given.expires_at !== undefined) scheduleExpiry(account, next);
  return next;
}

/** Ends a grant now; what is left of it is lost. @throws StripeFailure 400 when it has ended already */
export function expireGrant(account: Account, grant: Grant): Grant {
  refuseClosed(account, grant, "expired");
  const left = remainingOf(account, grant);
  const next = changed(account, grant, { expires_at: account.nowUnix() });
  if (left > 0) recordDebit(account, grant, left, "credits_expired");
  return next;
}

/** Undoes a grant nobody has used. @throws StripeFailure 400 when credits were applied or it has ended */
export function voidGrant(account: Account, grant: Grant): Grant {
  refuseClosed(account, grant, "voided");
  if (isUsed(account, grant))
    throw invalidRequest(
      "This credit grant cannot be voided because its credits have been applied to an invoice. Expire it instead.",
    );
  const next = changed(account, grant, { voided_at: account.nowUnix() });
  recordDebit(account, grant, grant.amount.monetary?.value ?? 0, "credits_voided");
  return next;
}

/** The time a grant was given has run out. An expiry that was moved since is another piece of work. */
export function passExpiry(account: Account, id: string): void {
  const grant = account.tables.creditGrants.get(id);
  if (!grant || grant.voided_at !== null || grant.expires_at === null) return;
  if (grant.expires_at > account.nowUnix()) return;
  const left = remainingOf(account, grant);
  if (left > 0) recordDebit(account, grant, left, "credits_expired");
}
