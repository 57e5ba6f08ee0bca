import { brandOf } from "./brand";
import { digitsOf, parseExpiry } from "./format";
import { abaChecksum, luhn } from "./luhn";

/** Codes as Stripe.js gives them with `type: "validation_error"`. */
export type ValidationCode =
  | "incomplete_number"
  | "invalid_number"
  | "incomplete_expiry"
  | "invalid_expiry_month"
  | "invalid_expiry_month_past"
  | "invalid_expiry_year"
  | "invalid_expiry_year_past"
  | "incomplete_cvc"
  | "incomplete_zip"
  | "invalid_zip"
  | "incomplete_name"
  | "incomplete_field"
  | "incomplete_terms"
  | "invalid_tax_id"
  | "incomplete_email"
  | "invalid_email"
  | "incomplete_routing_number"
  | "invalid_routing_number"
  | "incomplete_account_number"
  | "invalid_account_number";

/** The month it is now, for expiry dates (month 1–12). */
export interface ThisMonth {
  month: number;
  year: number;
}

export function validateNumber(text: string): ValidationCode | null {
  const digits = digitsOf(text);
  const { lengths } = brandOf(digits);
  if (digits.length < Math.min(...lengths)) return "incomplete_number";
  return lengths.includes(digits.length) && luhn(digits) ? null : "invalid_number";
}

export function validateExpiry(text: string, today: ThisMonth): ValidationCode | null {
  const expiry = parseExpiry(text);
  if (!expiry) return "incomplete_expiry";
  if (expiry.month < 1 || expiry.month > 12) return "invalid_expiry_month";
  if (expiry.year < today.year) return "invalid_expiry_year_past";
  if (expiry.year > today.year + 50) return "invalid_expiry_year";
  return expiry.year === today.year && expiry.month < today.month ? "invalid_expiry_month_past" : null;
}

export function validateCvc(text: string, cardNumber: string): ValidationCode | null {
  return digitsOf(text).length === brandOf(digitsOf(cardNumber)).cvcLength ? null : "incomplete_cvc";
}

/** Countries whose card issuers check the postal code, which is why only these are asked for it. */
const POSTAL_CODES: Record<string, RegExp> = {
  US: /^\d{5}(?:-?\d{4})?$/,
  GB: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i,
  CA: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i,
};

/** @param country ISO 3166-1 alpha-2 */
export function asksPostalCode(country: string): boolean {
  return country in POSTAL_CODES;
}

export function validatePostalCode(text: string, country: string): ValidationCode | null {
  const pattern = POSTAL_CODES[country];
  if (!pattern) return null;
  const value = text.trim();
  if (value.length < (country === "CA" ? 6 : 5)) return "incomplete_zip";
  return pattern.test(value) ? null : "invalid_zip";
}

export function validateName(text: string): ValidationCode | null {
  return text.trim() ? null : "incomplete_name";
}

export function validateEmail(text: string): ValidationCode | null {
  const value = text.trim();
  if (!value) return "incomplete_email";
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(value) ? null : "invalid_email";
}

export function validateRoutingNumber(text: string): ValidationCode | null {
  const digits = digitsOf(text);
  if (digits.length < 9) return "incomplete_routing_number";
  return abaChecksum(digits) ? null : "invalid_routing_number";
}

/** American account numbers have 4 to 17 digits. */
export function validateAccountNumber(text: string): ValidationCode | null {
  const digits = digitsOf(text);
  if (digits.length < 4) return "incomplete_account_number";
  return digits.length <= 17 ? null : "invalid_account_number";
}
