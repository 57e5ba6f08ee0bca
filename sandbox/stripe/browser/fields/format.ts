import { brandOf, maxLength } from "./brand";

/** Everything but digits removed. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

/** A card number in the groups of its brand: `4242 4242 …`, American Express `3782 822463 10005`. */
export function formatNumber(text: string): string {
  const digits = digitsOf(text).slice(0, maxLength(digitsOf(text)));
  const parts: string[] = [];
  let from = 0;
  for (const size of brandOf(digits).groups) {
    if (from >= digits.length) break;
    parts.push(digits.slice(from, from + size));
    from += size;
  }
  return parts.join(" ");
}

/**
 * An expiry date while it is typed: `4` becomes `04 / `, `1234`, `12/34` and `12/2034` become `12 / 34`.
 * @param deleting the text came from a deletion, so a separator that was just removed must not come back
 */
export function formatExpiry(text: string, deleting = false): string {
  const [first = "", ...rest] = text.split("/");
  const after = digitsOf(rest.join(""));
  let digits = digitsOf(first);
  if (rest.length > 0 && digits.length === 1 && digits !== "0") digits = `0${digits}`;
  digits += after;
  if (/^[2-9]/.test(digits)) digits = `0${digits}`;
  if (/^\d{2}20\d{2}$/.test(digits)) digits = digits.slice(0, 2) + digits.slice(4);
  const month = digits.slice(0, 2);
  const year = digits.slice(2, digits.startsWith("20", 2) ? 6 : 4);
  if (month.length < 2) return month;
  if (year) return `${month} / ${year}`;
  // Removing the year leaves "12 / "; the next deletion must reach the month.
  if (deleting) return text.includes("/") ? month : month.slice(0, text.trim().length);
  return `${month} / `;
}

/** A security code: three digits, four for American Express. */
export function formatCvc(text: string, cardNumber: string): string {
  return digitsOf(text).slice(0, brandOf(digitsOf(cardNumber)).cvcLength);
}

/** Month 1–12 and four-digit year of a complete expiry date, or null. Two-digit years are of this century. */
export function parseExpiry(text: string): { month: number; year: number } | null {
  const digits = digitsOf(text);
  if (digits.length !== 4 && digits.length !== 6) return null;
  const year = Number(digits.slice(2));
  return { month: Number(digits.slice(0, 2)), year: digits.length === 4 ? 2000 + year : year };
}

/**
 * Where the caret belongs after a text was formatted anew: behind as many digits as before.
 * @param before text left of the caret as typed
 */
export function caretAfter(before: string, formatted: string): number {
  const wanted = digitsOf(before).length;
  let seen = 0;
  let at = 0;
  while (at < formatted.length && seen < wanted) {
    if (/\d/.test(formatted[at] ?? "")) seen++;
    at++;
  }
  return at;
}
