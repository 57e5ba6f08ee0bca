const INTERVALS = 4;

/** Round values for an axis that holds both `low` and `high`: steps of 1, 2, 2.5 or 5 times a power of ten. */
export function axisTicks(low: number, high: number): number[] {
  const raw = Math.max(1, (high - low) / INTERVALS);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw) ?? raw;
  const from = Math.floor(low / step);
  const to = Math.max(from + 1, Math.ceil(high / step));
  return Array.from({ length: to - from + 1 }, (_, index) => (from + index) * step);
}
