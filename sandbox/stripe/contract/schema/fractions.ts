const FRACTIONS = new Set([
  "aggregated_value",
  "application_fee_percent",
  "effective_percentage",
  "exchange_rate",
  "height",
  "latitude",
  "length",
  "longitude",
  "percent",
  "percent_off",
  "percent_ownership",
  "percentage",
  "weight",
  "width",
]);

/** Types say `number` for everything. Money, times and counts are whole; these few members are not. */
export function isFraction(member: string): boolean {
  return FRACTIONS.has(member);
}
