/** What we write on a transaction ourselves, by what it is for. Refunds and corrections may carry a person's own words instead. */
const OWN = {
  topUp: "Top-up of the balance",
  invoice: "Invoice {number}",
  refundOf: "Refund of {number}",
  disputed: "Disputed payment",
  disputedInvoice: "Disputed payment of {number}",
} as const;

export type OwnDescription = keyof typeof OWN;

/** The description as it is stored, in English: the API and the exports say it as it stands. */
export const describe = (kind: OwnDescription, number = ""): string => OWN[kind].replace("{number}", number).trim();

/** Finds our own words again, so that a page says them in its reader's language; null: somebody else wrote this. */
export function readDescription(stored: string): { kind: OwnDescription; number: string } | null {
  for (const kind of Object.keys(OWN) as OwnDescription[]) {
    const [before = "", after] = OWN[kind].split("{number}");
    const number = stored.slice(before.length);
    const isOwn = after === undefined ? stored === before : stored.startsWith(before) && /^[A-Z]+-\d+$/.test(number);
    if (isOwn) return { kind, number: after === undefined ? "" : number };
  }
  return null;
}
