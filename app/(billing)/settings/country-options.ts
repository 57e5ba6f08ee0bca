import type { Option } from "@/components/forms/select-field";
import { COUNTRIES } from "@/lib/tenants/countries";

/** The countries by name. Named here and not in the browser, whose names may be others: the two must agree. */
export function countryOptions(locale: string): Option[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return COUNTRIES.map((code) => ({ value: code, label: names.of(code) ?? code })).sort((a, b) =>
    a.label.localeCompare(b.label, locale),
  );
}
