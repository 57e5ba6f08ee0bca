import type { Option } from "@/components/forms/select-field";
import { CURRENCIES } from "@/lib/tenants/currencies";

/** The currencies by code and name. Named here and not in the browser, whose names may be others: the two must agree. */
export function currencyOptions(locale: string): Option[] {
  const names = new Intl.DisplayNames(locale, { type: "currency" });
  return CURRENCIES.map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}
