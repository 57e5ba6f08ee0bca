import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import { idOf } from "../../state/ids";
import { appliesTo, isInForce, remainingOf } from "./balance";
import { existingGrant } from "./grants";
import type { ScopeInput } from "./parameters";
import { checkScope } from "./scope";

type Grant = Stripe.Billing.CreditGrant;

interface FilterInput {
  type: "applicability_scope" | "credit_grant";
  applicability_scope?: ScopeInput | undefined;
  credit_grant?: string | undefined;
}

/** Whether a grant pays for everything that is asked about. */
function covers(grant: Grant, asked: Stripe.Billing.CreditGrant.ApplicabilityConfig.Scope): boolean {
  if (asked.price_type) return grant.applicability_config.scope.price_type === asked.price_type;
  return (asked.prices ?? []).every((price) => price.id !== null && appliesTo(grant, price.id));
}

function chosen(account: Account, customer: string, filter: FilterInput): Grant[] {
  if (filter.type === "credit_grant") {
    const param = "filter[credit_grant]";
    if (!filter.credit_grant)
      throw invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
    const grant = existingGrant(account, filter.credit_grant, param);
    if (idOf(grant.customer) !== customer)
      throw invalidRequest(`The credit grant ${grant.id} does not belong to the customer ${customer}.`, { param });
    return [grant];
  }
  const param = "filter[applicability_scope]";
  if (!filter.applicability_scope)
    throw invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  const asked = checkScope(account, filter.applicability_scope, param);
  return [...account.tables.creditGrants.whose("customer", customer).oldestFirst()].filter((grant) =>
    covers(grant, asked),
  );
}

/**
 * What a customer has left, one entry per currency.
 * @throws StripeFailure 400 for a filter without its member, 404 for an unknown grant
 */
export function creditSummary(
  account: Account,
  customer: string,
  filter: FilterInput,
): Stripe.Billing.CreditBalanceSummary {
  const left = new Map<string, number>();
  for (const grant of chosen(account, customer, filter)) {
    const currency = grant.amount.monetary?.currency ?? "";
    left.set(currency, (left.get(currency) ?? 0) + (isInForce(account, grant) ? remainingOf(account, grant) : 0));
  }
  return {
    object: "billing.credit_balance_summary",
    balances: [...left].map(([currency, value]) => ({
      available_balance: { monetary: { currency, value }, type: "monetary" as const },
      ledger_balance: { monetary: { currency, value }, type: "monetary" as const },
    })),
    customer,
    customer_account: null,
    livemode: false,
  } satisfies Stripe.Billing.CreditBalanceSummary;
}
