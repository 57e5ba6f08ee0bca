import { brandOf } from "../fields/brand";
import { digitsOf, formatCvc, formatExpiry, formatNumber, parseExpiry } from "../fields/format";
import * as validate from "../fields/validate";
import { countries } from "./countries";
import { h, svg } from "./dom";
import { Field, type FieldOptions } from "./field";
import { brandIcon } from "./icons";
import { saveBox } from "./keeping";
import { asks, billingDetails, consent, type FormContext, type MethodForm, texts } from "./method-form";

/** Number, expiry, security code, country and, where issuers check it, the postal code. */
export function cardForm(context: FormContext): MethodForm {
  const say = texts(context.language);
  const defaults = context.element.defaultValues?.billingDetails;
  const field = (options: FieldOptions) => new Field(options, say, changed);
  const icon = h("span", { class: "BrandIcon" }, svg(brandIcon("unknown")));

  const number = field({
    name: "number",
    label: say("number"),
    placeholder: "1234 1234 1234 1234",
    autocomplete: "cc-number",
    inputMode: "numeric",
    format: formatNumber,
    validate: validate.validateNumber,
    eager: true,
    adornment: icon,
  });
  const expiry = field({
    name: "expiry",
    label: say("expiry"),
    placeholder: say("expiryPlaceholder"),
    autocomplete: "cc-exp",
    inputMode: "numeric",
    format: formatExpiry,
    validate: (text) => validate.validateExpiry(text, context.today),
    eager: true,
  });
  const cvc = field({
    name: "cvc",
    label: say("cvc"),
    placeholder: say("cvcPlaceholder"),
    autocomplete: "cc-csc",
    inputMode: "numeric",
    format: (text) => formatCvc(text, number.value),
    validate: (text) => validate.validateCvc(text, number.value),
  });
  const country = field({
    name: "country",
    label: say("country"),
    autocomplete: "billing country",
    choices: countries(context.language).map(({ code, name }) => ({ value: code, label: name })),
    value: defaults?.address?.country ?? "US",
  });
  const postalCode = field({
    name: "postalCode",
    label: say("zip"),
    placeholder: "12345",
    autocomplete: "billing postal-code",
    value: defaults?.address?.postal_code ?? "",
    validate: (text) => validate.validatePostalCode(text, country.value),
  });
  number.next = expiry;
  expiry.next = cvc;

  let shownBrand = "unknown";
  function changed(): void {
    const { brand } = brandOf(digitsOf(number.value));
    if (brand !== shownBrand) {
      shownBrand = brand;
      icon.replaceChildren(svg(brandIcon(brand)));
      cvc.reformat();
    }
    const american = country.value === "US";
    postalCode.relabel(say(american ? "zip" : "postalCode"));
    postalCode.input.setAttribute("placeholder", american ? "12345" : "");
    postalCode.root.hidden = !asks(context, "postalCode") || !validate.asksPostalCode(country.value);
    context.onChange();
  }
  country.root.hidden = !asks(context, "country");
  postalCode.root.hidden = !asks(context, "postalCode") || !validate.asksPostalCode(country.value);

  const fields = [number, expiry, cvc, country, postalCode];
  const agreement = h("p", { class: "Consent Field--wide" }, consent(context, "cardConsent"));
  const showConsent = (ticked: boolean) => {
    const later = context.forLater || (ticked && context.customer?.saveUsage === "off_session");
    const { card: wish = "auto" } = context.element.terms ?? {};
    agreement.hidden = wish === "never" || (wish === "auto" && !later);
  };
  const saving = saveBox(context, "card", showConsent);
  showConsent(false);
  return {
    tab: "card",
    type: () => "card",
    keeps: saving.ticked,
    fields,
    root: h("div", { class: "Grid" }, ...fields.map(({ root }) => root), saving.root, agreement),
    params(given) {
      const date = parseExpiry(expiry.value);
      const address = {
        country: country.root.hidden ? undefined : country.value,
        postal_code: postalCode.root.hidden || !postalCode.value ? undefined : postalCode.value,
      };
      return {
        ...saving.intentMembers(),
        payment_method_data: {
          ...given.payment_method_data,
          ...saving.methodMembers(given),
          type: "card",
          card: { number: digitsOf(number.value), exp_month: date?.month, exp_year: date?.year, cvc: cvc.value },
          billing_details: billingDetails({ name: defaults?.name, email: defaults?.email, address }, given),
        },
      };
    },
    showError(code, message) {
      const wrong = /expir/.test(code)
        ? expiry
        : /cvc/.test(code)
          ? cvc
          : /zip|postal/.test(code)
            ? postalCode
            : number;
      wrong.showError(message);
    },
  };
}
