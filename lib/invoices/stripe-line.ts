export type StripeLine =
  | { kind: "recurring"; quantity: number; plan: string; price: string; interval: string }
  | { kind: "remaining" | "unused"; plan: string; at: Date };

const RECURRING = /^(\d+) × (.+) \(at (\S+) \/ (month|year)\)$/;
const PRORATION = /^(Remaining|Unused) time on (.+) after (\d{1,2} [A-Z][a-z]{2} \d{4})$/;

/** Finds Stripe's own words for a line, which are always English, so that a page says them in its reader's language; null: others. */
export function readStripeLine(description: string): StripeLine | null {
  const [, quantity, product, price, interval] = RECURRING.exec(description) ?? [];
  if (quantity && product && price && interval)
    return { kind: "recurring", quantity: Number(quantity), plan: product, price, interval };
  const [, which, plan, day] = PRORATION.exec(description) ?? [];
  const at = new Date(`${day} UTC`);
  if (!which || !plan || Number.isNaN(at.getTime())) return null;
  return { kind: which === "Remaining" ? "remaining" : "unused", plan, at };
}
