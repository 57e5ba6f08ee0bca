const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `30s`, `90m`, `2h`, `3d`, `1w` in milliseconds; null for anything else. */
export function parseDuration(text: string): number | null {
  const [, amount, unit] = /^(\d{1,6})([smhdw])$/.exec(text.trim()) ?? [];
  const unitMs = unit && UNIT_MS[unit];
  return amount && unitMs ? Number(amount) * unitMs : null;
}
