import type { Account } from "../account";
import { invalidRequest } from "./errors";

const MAX_LEVELS = 4;

/** Fields that hold an id and may be answered as the whole object, by the type of object they are in. */
const EXPANDABLE: Record<string, readonly string[]> = {
  balance_transaction: ["source"],
  "billing.alert_triggered": ["alert"],
  "billing.credit_balance_summary": ["customer"],
  "billing.credit_balance_transaction": ["credit_grant", "test_clock"],
  "billing.credit_grant": ["customer", "test_clock"],
  "billing_portal.session": ["configuration"],
  charge: ["balance_transaction", "customer", "failure_balance_transaction", "payment_intent", "review", "refunds"],
  customer: ["default_source", "invoice_settings", "sources", "subscriptions", "tax_ids", "cash_balance"],
  customer_session: ["customer"],
  dispute: ["charge", "payment_intent"],
  mandate: ["payment_method"],
  payment_intent: ["customer", "latest_charge", "payment_method", "review", "payment_record"],
  payment_method: ["customer"],
  refund: [
    "balance_transaction",
    "charge",
    "customer",
    "failure_balance_transaction",
    "payment_intent",
    "payment_method",
  ],
  setup_attempt: ["customer", "payment_method", "setup_intent"],
  setup_intent: ["customer", "latest_attempt", "mandate", "payment_method", "single_use_mandate"],
};

/** Objects inside objects that are not expanded themselves but lead to something that can be. */
const NESTED: Record<string, readonly string[]> = {
  invoice_settings: ["default_payment_method"],
  credits_applied: ["invoice"],
  credits_application_invoice_voided: ["invoice"],
  last_payment_error: ["payment_method"],
  last_setup_error: ["payment_method"],
  usage_threshold: ["meter"],
};

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function allowedIn(node: Json, parent: string | null): readonly string[] {
  if (typeof node.object === "string") return [...(EXPANDABLE[node.object] ?? []), ...Object.keys(NESTED)];
  return (parent && NESTED[parent]) || [];
}

function expandPath(account: Account, value: unknown, path: string[], whole: string, parent: string | null): unknown {
  const [field, ...rest] = path;
  if (field === undefined || value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => expandPath(account, item, path, whole, parent));
  const refused = () =>
    invalidRequest(
      `This property cannot be expanded (${whole}). You may want to try expanding 'data.${whole}' for lists.`,
      { param: "expand" },
    );
  if (!isObject(value)) throw refused();
  if (value.object === "list" || value.object === "search_result") {
    if (field !== "data") throw refused();
    return { ...value, data: expandPath(account, value.data, rest, whole, null) };
  }
  const optional = account.optionalMember(value, field);
  const held = optional ?? value[field];
  if (!allowedIn(value, parent).includes(field) && !isObject(held)) throw refused();
  const found = typeof held === "string" ? (account.find(held) ?? held) : held;
  return { ...value, [field]: expandPath(account, found, rest, whole, field) };
}

/**
 * Answers ids as whole objects, to four levels. The given object is not changed.
 * @throws StripeFailure 400 for a path that leads nowhere or too deep
 * @see https://docs.stripe.com/api/expanding_objects
 */
export function expand(account: Account, value: object, paths: readonly string[]): object {
  let result: unknown = value;
  for (const path of paths) {
    const levels = path.split(".").filter((part) => part !== "data");
    if (levels.length > MAX_LEVELS) {
      throw invalidRequest(`You cannot expand more than 4 levels of a property. Property: ${path}`, {
        param: "expand",
      });
    }
    result = expandPath(account, result, path.split("."), path, null);
  }
  return result as object;
}
