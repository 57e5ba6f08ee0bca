import type Stripe from "stripe";
import type { BrowserAnswer } from "../../browser-api";
import { callApi } from "../../browser-call";
import type { FormTree } from "../../http/form";
import { TAX_ID_TYPES } from "../../resources/tax-ids/types";
import { stripeError } from "../answers";
import { validateEmail } from "../fields/validate";
import { addressFields, BILLING_ADDRESS, readAddress } from "../hosted/address-fields";
import { input, type Problems, select, typed } from "../hosted/input";
import { type Html, html } from "../html";
import { TEXT } from "../text";
import { formPage, sheetOf } from "./form";
import { leave, type Visit } from "./visit";

const SHIPPING_ADDRESS = {
  country: "shippingCountry",
  line1: "shippingAddressLine1",
  line2: "shippingAddressLine2",
  city: "shippingLocality",
  state: "shippingAdministrativeArea",
  postal_code: "shippingPostalCode",
};

function taxIdsOf({ stripe, customer }: Visit): Stripe.TaxId[] {
  return [...stripe.account.tables.taxIds.whose("customer", customer.id).oldestFirst()];
}

function addressLine(address: Stripe.Address | null | undefined): string {
  if (!address) return "";
  const { line1, line2, city, state, postal_code: zip, country } = address;
  return [line1, line2, city, [state, zip].filter(Boolean).join(" "), country].filter(Boolean).join(", ");
}

/** What is known of the customer, and the way to change it. */
export function detailsSection(visited: Visit): Html {
  const { customer, text, home, language } = visited;
  const say = TEXT[language];
  const facts = [
    [say.name, customer.name],
    [say.email, customer.email],
    [say.addressLine1, addressLine(customer.address)],
    [text.phone, customer.phone],
    [text.shipping, customer.shipping && [customer.shipping.name, addressLine(customer.shipping.address)].join(", ")],
    ...taxIdsOf(visited).map(({ type, value }) => [text.taxId, `${value} (${type})`]),
  ].filter(([, value]) => value);
  return html`<section class="surface" aria-labelledby="details">
<header><h2 id="details">${text.details}</h2></header>
<div class="pad">${
    facts.length > 0
      ? html`<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
      : html`<p class="muted">${text.noDetails}</p>`
  }
<a class="button plain small" href="${home}/details">${text.updateDetails}</a></div>
</section>`;
}

function detailsPage(visited: Visit, problems: Problems | null): Promise<BrowserAnswer> {
  const { customer, configuration, text, language } = visited;
  const sheet = sheetOf(visited, problems);
  const say = TEXT[language];
  const allowed: readonly string[] = configuration.features.customer_update.allowed_updates;
  const [taxId] = taxIdsOf(visited);
  const types = [{ value: "", label: text.noTaxId }, ...TAX_ID_TYPES.map((type) => ({ value: type, label: type }))];
  const fields = html`
${allowed.includes("name") && input(sheet, { name: "customerName", label: say.name, value: customer.name ?? null, autocomplete: "name", wide: true, optional: true })}
${allowed.includes("email") && input(sheet, { name: "email", type: "email", label: say.email, value: customer.email, autocomplete: "email", wide: true })}
${allowed.includes("phone") && input(sheet, { name: "phone", type: "tel", label: text.phone, value: customer.phone ?? null, autocomplete: "tel", wide: true, optional: true })}
${allowed.includes("address") && addressFields(sheet, BILLING_ADDRESS, customer.address ?? null)}
${allowed.includes("shipping") && html`<h2 class="wide">${text.shipping}</h2>${input(sheet, { name: "shippingName", label: text.shippingName, value: customer.shipping?.name ?? null, autocomplete: "shipping name", wide: true, optional: true })}${addressFields(sheet, SHIPPING_ADDRESS, customer.shipping?.address ?? null, "shipping")}`}
${allowed.includes("tax_id") && html`${select(sheet, { name: "taxIdType", label: text.taxIdType, value: taxId?.type ?? "", options: types })}${input(sheet, { name: "taxIdValue", label: text.taxIdValue, value: taxId?.value ?? null, optional: true })}`}`;
  return formPage(visited, { title: text.detailsTitle, step: "details", fields, problems });
}

/** One tax number, as the form has it: a changed one replaces the old. */
function saveTaxId(visited: Visit): void {
  const { request, stripe, customer } = visited;
  const type = typed(request.form, "taxIdType");
  const value = typed(request.form, "taxIdValue");
  const [known] = taxIdsOf(visited);
  if (known && known.type === type && known.value === value) return;
  const path = `/v1/customers/${customer.id}/tax_ids`;
  if (type && value) callApi(stripe.account, `POST ${path}`, { type, value });
  if (known) callApi(stripe.account, `DELETE ${path}/${known.id}`);
}

/** Changing what the configuration lets customers change about themselves. */
export async function details(visited: Visit): Promise<BrowserAnswer> {
  const { request, stripe, customer, configuration } = visited;
  if (request.method !== "POST") return detailsPage(visited, null);
  const { form } = request;
  const allowed: readonly string[] = configuration.features.customer_update.allowed_updates;
  const wrongEmail = allowed.includes("email") ? validateEmail(typed(form, "email")) : null;
  if (wrongEmail) return detailsPage(visited, { status: 400, fields: { email: wrongEmail } });
  const shippingName = typed(form, "shippingName");
  const change: FormTree = {
    ...(allowed.includes("name") && { name: typed(form, "customerName") }),
    ...(allowed.includes("email") && { email: typed(form, "email") }),
    ...(allowed.includes("phone") && { phone: typed(form, "phone") }),
    ...(allowed.includes("address") && { address: readAddress(form, BILLING_ADDRESS) }),
    ...(allowed.includes("shipping") &&
      shippingName && { shipping: { name: shippingName, address: readAddress(form, SHIPPING_ADDRESS) } }),
  };
  try {
    stripe.act((account) => {
      if (Object.keys(change).length > 0) callApi(account, `POST /v1/customers/${customer.id}`, change);
      if (allowed.includes("tax_id")) saveTaxId(visited);
    });
  } catch (thrown) {
    const error = stripeError(thrown);
    if (!error) throw thrown;
    const fields: Problems["fields"] = error.code === "tax_id_invalid" ? { taxIdValue: "invalid_tax_id" } : {};
    return detailsPage(visited, { status: 400, fields, message: error.message });
  }
  return leave(visited, "detailsSaved");
}
