import type Stripe from "stripe";
import { countries } from "../frame/countries";
import { type Html, html } from "../html";
import { type Language, TEXT } from "../text";
import { input, type Sheet, select, typed } from "./input";

export interface AddressNames {
  country: string;
  line1: string;
  line2: string;
  city: string;
  state: string;
  postal_code: string;
}

export const BILLING_ADDRESS: AddressNames = {
  country: "billingCountry",
  line1: "billingAddressLine1",
  line2: "billingAddressLine2",
  city: "billingLocality",
  state: "billingAdministrativeArea",
  postal_code: "billingPostalCode",
};

function countryOptions(language: Language): { value: string; label: string }[] {
  return countries(language).map(({ code, name }) => ({ value: code, label: name }));
}

/** A postal address. @param known what is shown at first */
export function addressFields(
  sheet: Sheet,
  names: AddressNames,
  known: Stripe.Address | null,
  section = "billing",
): Html {
  const say = TEXT[sheet.language];
  return html`
${select(sheet, { name: names.country, label: say.country, value: known?.country ?? "US", options: countryOptions(sheet.language), autocomplete: `${section} country`, wide: true })}
${input(sheet, { name: names.line1, label: say.addressLine1, value: known?.line1 ?? null, autocomplete: `${section} address-line1`, wide: true })}
${input(sheet, { name: names.line2, label: say.addressLine2, value: known?.line2 ?? null, autocomplete: `${section} address-line2`, wide: true, optional: true })}
${input(sheet, { name: names.city, label: say.city, value: known?.city ?? null, autocomplete: `${section} address-level2` })}
${input(sheet, { name: names.state, label: say.state, value: known?.state ?? null, autocomplete: `${section} address-level1`, optional: true })}
${input(sheet, { name: names.postal_code, label: say.postalCode, value: known?.postal_code ?? null, autocomplete: `${section} postal-code`, wide: true, optional: true })}`;
}

/** The address that was typed. */
export function readAddress(form: URLSearchParams, names: AddressNames): Record<keyof AddressNames, string> {
  const of = (name: keyof AddressNames) => typed(form, names[name]);
  return {
    country: of("country"),
    line1: of("line1"),
    line2: of("line2"),
    city: of("city"),
    state: of("state"),
    postal_code: of("postal_code"),
  };
}
