const DAY_MS = 86_400_000;

/**
 * The same time of day some business days later (Monday to Friday, UTC; bank holidays are not known).
 * @param fromMs unix milliseconds
 */
export function addBusinessDays(fromMs: number, days: number): number {
  let at = fromMs;
  for (let left = days; left > 0; ) {
    at += DAY_MS;
    const weekday = new Date(at).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return at;
}
