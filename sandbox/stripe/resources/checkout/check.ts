import type { Account } from "../../account";
import { invalidRequest, unsupported } from "../../http/errors";
import type { Call } from "../../http/route";
import { refusePaymentMethodTypes } from "../../http/version";
import { resolveCustomer } from "../payment-methods/attach";
import type { CreateInput } from "./parameters";

const MIN_LIFE_SECONDS = 30 * 60;
export const MAX_LIFE_SECONDS = 24 * 3_600;

function missing(param: string) {
  return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

function onlyOne(given: CreateInput, first: keyof CreateInput, second: keyof CreateInput): void {
  if (given[first] !== undefined && given[second] !== undefined && given[first] !== false)
    throw invalidRequest(`You may only specify one of these parameters: ${first}, ${second}.`, { param: first });
}

/** Parameters that belong to one mode only. */
const MODE_OF: Partial<Record<keyof CreateInput, readonly string[]>> = {
  allow_promotion_codes: ["payment", "subscription"],
  customer_creation: ["payment", "setup"],
  discounts: ["payment", "subscription"],
  invoice_creation: ["payment"],
  line_items: ["payment", "subscription"],
  payment_intent_data: ["payment"],
  setup_intent_data: ["setup"],
  submit_type: ["payment", "subscription"],
  subscription_data: ["subscription"],
  tax_id_collection: ["payment", "subscription"],
};

function checkCustomer(account: Account, given: CreateInput): void {
  onlyOne(given, "customer", "customer_email");
  onlyOne(given, "customer", "customer_creation");
  if (given.customer) resolveCustomer(account, given.customer);
  if (given.customer_email && !/^[^@\s]+@[^@\s]+$/.test(given.customer_email))
    throw invalidRequest(`Invalid email address: ${given.customer_email}`, {
      code: "email_invalid",
      param: "customer_email",
    });
  if (given.customer_update && !given.customer)
    throw invalidRequest("`customer_update` can only be used with `customer`.", { param: "customer_update" });
  if (given.tax_id_collection?.enabled && given.customer && given.customer_update?.name !== "auto")
    throw invalidRequest(
      "Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.",
      { param: "tax_id_collection" },
    );
}

function checkUrls(given: CreateInput): void {
  if (!given.success_url) throw missing("success_url");
  for (const name of ["success_url", "cancel_url"] as const) {
    const url = given[name]?.replace("{CHECKOUT_SESSION_ID}", "cs_test");
    if (url !== undefined && !(URL.canParse(url) && /^https?:/.test(url)))
      throw invalidRequest("Not a valid URL", { code: "url_invalid", param: name });
  }
}

function checkExpiry(account: Account, expiresAt: number | undefined): void {
  if (expiresAt === undefined) return;
  const param = "expires_at";
  if (expiresAt < account.nowUnix() + MIN_LIFE_SECONDS)
    throw invalidRequest("The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", {
      param,
    });
  if (expiresAt > account.nowUnix() + MAX_LIFE_SECONDS)
    throw invalidRequest("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", {
      param,
    });
}

function checkFields(given: CreateInput): void {
  const fields = given.custom_fields ?? [];
  if (fields.length > 3)
    throw invalidRequest("You can only specify up to 3 custom fields.", { param: "custom_fields" });
  for (const [at, field] of fields.entries()) {
    if (!/^[a-zA-Z0-9]{1,200}$/.test(field.key) || fields.findIndex(({ key }) => key === field.key) !== at)
      throw invalidRequest("Custom field keys must be unique, alphanumeric and at most 200 characters long.", {
        param: `custom_fields[${at}][key]`,
      });
    if (field.type === "dropdown" && (field.dropdown?.options.length ?? 0) === 0)
      throw missing(`custom_fields[${at}][dropdown][options]`);
  }
}

/** Everything that can be said about a request without looking at its lines. @throws StripeFailure 400, 404, 501 */
export function checkSession(account: Account, given: CreateInput, call: Call): "payment" | "setup" | "subscription" {
  if (given.ui_mode !== undefined && given.ui_mode !== "hosted_page")
    throw unsupported(`the ui_mode ${given.ui_mode} of Checkout`, "ui_mode");
  const { mode } = given;
  if (!mode) throw missing("mode");
  refusePaymentMethodTypes(call.version, given.payment_method_types);
  for (const [name, modes] of Object.entries(MODE_OF)) {
    if (given[name as keyof CreateInput] !== undefined && !modes.includes(mode))
      throw invalidRequest(`You can not pass \`${name}\` in \`${mode}\` mode.`, { param: name });
  }
  checkCustomer(account, given);
  checkUrls(given);
  checkExpiry(account, given.expires_at);
  checkFields(given);
  onlyOne(given, "allow_promotion_codes", "discounts");
  if ((given.discounts?.length ?? 0) > 1)
    throw invalidRequest("You can only apply one discount to a Checkout Session.", { param: "discounts" });
  if (given.invoice_creation?.enabled && given.payment_intent_data?.capture_method === "manual")
    throw invalidRequest("Invoice creation cannot be used with manual capture.", { param: "invoice_creation" });
  if (given.payment_method_collection && mode !== "subscription")
    throw invalidRequest("You can only set `payment_method_collection` if there are recurring prices.", {
      param: "payment_method_collection",
    });
  if (mode !== "setup" && (given.line_items?.length ?? 0) === 0) throw missing("line_items");
  if (mode === "setup" && !given.currency && !given.payment_method_types && !given.allowed_payment_method_types)
    throw missing("currency");
  return mode;
}
