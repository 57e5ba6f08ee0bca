import { TAX_ID_TYPES } from "../../resources/tax-ids/types";
import { addressFields, BILLING_ADDRESS } from "../hosted/address-fields";
import { input, type Problems, type Sheet, select } from "../hosted/input";
import { meansFields } from "../hosted/means-fields";
import { MERCHANT } from "../hosted/merchant";
import { type Html, html } from "../html";
import { money } from "../pages/format";
import { TEXT } from "../text";
import { trialDays } from "./summary";
import type { CheckoutVisit } from "./visit";

/** Whether the customer has to give a payment method. */
export function wantsMethod({ session, figures, customer }: CheckoutVisit): boolean {
  if (session.mode === "setup") return true;
  if ((figures?.total ?? 0) > 0) return true;
  if (session.mode !== "subscription" || session.payment_method_collection !== "always") return false;
  return !customer?.invoice_settings.default_payment_method;
}

function customFields(sheet: Sheet, { session, text }: CheckoutVisit): Html[] {
  return session.custom_fields.map((field) => {
    const name = `field_${field.key}`;
    const title = field.label.custom ?? field.key;
    const label = field.optional ? text.optional.replace("{label}", title) : title;
    if (field.dropdown) {
      const options = [{ value: "", label: "" }, ...field.dropdown.options];
      const chosen = select(sheet, { name, label, value: field.dropdown.default_value, options, wide: true });
      const code = sheet.problems?.fields[name];
      return html`${chosen}${code && html`<p class="error wide">${TEXT[sheet.language][code]}</p>`}`;
    }
    const value = field.text?.default_value ?? field.numeric?.default_value ?? null;
    return input(sheet, {
      name,
      label,
      value,
      wide: true,
      ...(field.numeric && { numeric: true }),
      optional: field.optional,
    });
  });
}

function terms(sheet: Sheet, { session, text }: CheckoutVisit): Html | null {
  if (session.consent_collection?.terms_of_service !== "required") return null;
  const wrong = sheet.problems?.fields.terms;
  const words =
    session.custom_text.terms_of_service_acceptance?.message ?? text.acceptTerms.replace("{merchant}", MERCHANT);
  return html`<div class="wide"><label class="check" for="terms"><input type="checkbox" id="terms" name="terms"${sheet.form.get("terms") && html` checked`}${wrong && html` aria-invalid="true" aria-describedby="terms-error"`}> <span>${words}</span></label>
${wrong && html`<p class="error" id="terms-error">${TEXT[sheet.language][wrong]}</p>`}</div>`;
}

function submitLabel(visited: CheckoutVisit): string {
  const { session, figures, text, language, book } = visited;
  if (session.mode === "setup") return text.saveMethod;
  if (session.mode === "subscription") return trialDays(book) ? text.startTrial : text.subscribe;
  const total = figures?.total ?? 0;
  if (total === 0) return text.placeOrder;
  if (session.submit_type === "book") return text.book;
  const words = session.submit_type === "donate" ? text.donate : text.pay;
  return words.replace("{amount}", money(total, session.currency ?? "usd", language));
}

function consent({ session, text }: CheckoutVisit): Html | null {
  if (session.consent_collection?.payment_method_reuse_agreement?.position === "hidden") return null;
  const words = { subscription: text.consentSubscribe, setup: text.consentSetup }[String(session.mode)];
  return words ? html`<p class="wide hint">${words.replace("{merchant}", MERCHANT)}</p>` : null;
}

/** The form with the customer's details and the payment method. */
export function payForm(visited: CheckoutVisit, problems: Problems | null): Html {
  const { session, request, customer, text, language, home, offer } = visited;
  const say = TEXT[language];
  const sheet: Sheet = { language, form: request.form, problems };
  const email = customer?.email ?? session.customer_email;
  const types = [{ value: "", label: text.noTaxId }, ...TAX_ID_TYPES.map((type) => ({ value: type, label: type }))];
  const { submit, after_submit: after } = session.custom_text;
  return html`<section class="surface pad" aria-label="${text.contact}">
${problems?.message && html`<p class="notice bad" role="alert">${problems.message}</p>`}
<form method="post" action="${home}" class="form checkout" novalidate>
${
  email
    ? html`<p class="wide"><span class="muted">${say.email}</span><br>${email}</p>`
    : input(sheet, { name: "email", type: "email", label: say.email, autocomplete: "email", wide: true })
}
${session.phone_number_collection?.enabled && input(sheet, { name: "phone", type: "tel", label: text.phone, value: customer?.phone ?? null, autocomplete: "tel", wide: true })}
${wantsMethod(visited) && meansFields(sheet, offer)}
${session.billing_address_collection === "required" && html`<h2 class="wide">${text.billingAddress}</h2>${addressFields(sheet, BILLING_ADDRESS, customer?.address ?? null)}`}
${session.tax_id_collection?.enabled && html`${select(sheet, { name: "taxIdType", label: text.taxIdType, value: "", options: types })}${input(sheet, { name: "taxIdValue", label: text.taxId, optional: true })}`}
${customFields(sheet, visited)}
${terms(sheet, visited)}
<div class="wide"><button class="button pay" name="act" value="pay" data-testid="hosted-payment-submit-button">${submitLabel(visited)}</button></div>
${submit && html`<p class="wide hint">${submit.message}</p>`}
${consent(visited)}
${after && html`<p class="wide hint">${after.message}</p>`}
</form></section>`;
}
