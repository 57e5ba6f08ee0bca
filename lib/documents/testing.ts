import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { getDocumentProxy, getMeta } from "unpdf";
import { toCurrency } from "@/lib/money/currency";
import { type Minor, toMinor, ZERO } from "@/lib/money/minor";
import type { InvoiceDocument, InvoiceLine, Setting } from "./input";

export type ReadPage = { text: string; lines: string[]; links: string[] };

/** A PDF as a reader program sees it. */
export async function readPdf(content: Readable | Buffer) {
  const bytes = Buffer.isBuffer(content) ? content : await buffer(content);
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const pages: ReadPage[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const links = (await page.getAnnotations()).flatMap((one: { url?: string }) => (one.url ? [one.url] : []));
    // Pieces on one baseline are one line, from left to right.
    const rows = new Map<number, { x: number; text: string }[]>();
    for (const item of items) {
      if (!("str" in item) || !item.str.trim()) continue;
      const y = Math.round(item.transform[5] as number);
      rows.set(y, [...(rows.get(y) ?? []), { x: item.transform[4] as number, text: item.str }]);
    }
    const lines = [...rows]
      .sort(([a], [b]) => b - a)
      .map(([, row]) =>
        row
          .sort((a, b) => a.x - b.x)
          .map(({ text }) => text)
          .join(" "),
      );
    pages.push({ text: lines.join("\n"), lines, links });
  }
  const { info } = await getMeta(pdf);
  const language = ((await pdf.getMetadata()).info as { Language?: string }).Language;
  return {
    bytes,
    pages,
    info: info as Record<string, unknown>,
    language,
    text: pages.map(({ text }) => text).join("\n"),
  };
}

export const setting = (over: Partial<Setting> = {}): Setting => ({
  seller: {
    name: "Evenkeel Ltd",
    email: null,
    taxId: "GB 123 4567 89",
    address: ["1 Harbour Street", "Bristol BS1 4RN"],
  },
  billedTo: {
    name: "Acme Robotics Inc.",
    email: "billing@acme.test",
    taxId: "12-3456789",
    address: {
      line1: "350 Fifth Avenue",
      line2: "Floor 21",
      city: "New York",
      state: "NY",
      postalCode: "10118",
      country: "US",
    },
  },
  look: { colour: "#0b6b70", footer: "Thank you for your business.", logo: null },
  locale: "en",
  timeZone: "America/New_York",
  currency: toCurrency("USD"),
  ...over,
});

export const line = (over: Partial<InvoiceLine> = {}): InvoiceLine => ({
  description: "Professional",
  quantity: "1.000000",
  unitAmount: "99.000000000000",
  amountMinor: toMinor(9_900),
  periodStart: null,
  periodEnd: null,
  ...over,
});

/** An open invoice over its lines, less a discount of 10.00 and with 8.25 % tax. */
export function invoice(lines: InvoiceLine[], over: Partial<InvoiceDocument> = {}): InvoiceDocument {
  const subtotalMinor = toMinor(lines.reduce((sum, one) => sum + one.amountMinor, 0));
  const discountMinor = toMinor(Math.min(1_000, subtotalMinor));
  const taxMinor = toMinor(Math.round((subtotalMinor - discountMinor) * 0.0825));
  const totalMinor = toMinor(subtotalMinor - discountMinor + taxMinor);
  const at = new Date("2026-11-02T03:30:00Z");
  return {
    ...setting(),
    number: "INV-000042",
    status: "open",
    createdAt: at,
    issuedAt: at,
    dueAt: new Date("2026-12-02T12:00:00Z"),
    paidAt: null,
    voidedAt: null,
    lines,
    subtotalMinor,
    discountMinor,
    taxRate: "8.2500",
    taxMinor,
    totalMinor,
    fromCreditMinor: ZERO,
    creditedMinor: ZERO,
    amountPaidMinor: ZERO as Minor,
    remainingMinor: totalMinor,
    memo: null,
    payUrl: "https://invoice.stripe.com/i/acct_1/test_abc",
    movements: [],
    ...over,
  };
}
