import { BAD, GOOD, INK, SOFT } from "./colour";
import type { Party } from "./input";
import { type Letter, TOP } from "./letter";
import { isReadablePng } from "./logo";

const LOGO = { width: 170, height: 46 };
const JPEG_START = 0xffd8;

export type Stamp = { text: string; tone: "good" | "bad" | "neutral" };
const TONES = { good: GOOD, bad: BAD, neutral: SOFT };

function drawLogo({ sheet, left }: Letter, logo: Buffer): boolean {
  if (logo.length < 4) return false;
  if (logo.readUInt16BE(0) !== JPEG_START && !isReadablePng(logo)) return false;
  try {
    sheet.doc.image(logo, left, TOP - 14, { fit: [LOGO.width, LOGO.height], align: undefined, valign: "center" });
    return true;
  } catch {
    return false;
  }
}

function drawStamp({ sheet, right }: Letter, { text, tone }: Stamp, y: number): void {
  const style = { size: 9, weight: "bold" as const, colour: TONES[tone] };
  const label = text.toUpperCase();
  const width = sheet.measure(label, style) + 20;
  sheet.frame(right - width, y, width, 20, TONES[tone], 4);
  sheet.text(label, right - width / 2, y + 13.2, { ...style, align: "center" });
}

/** The logo or the seller's name on the left; what it is, its number and its stamp on the right. */
export function drawHead(letter: Letter, title: string, number: string | null, stamp: Stamp | null): void {
  const { sheet, setting, accent, left, right } = letter;
  if (!setting.look.logo || !drawLogo(letter, setting.look.logo))
    sheet.text(setting.seller.name, left, TOP + 14, { size: 17, weight: "bold", colour: accent });
  sheet.text(title, right, TOP + 14, { size: 24, weight: "bold", align: "right" });
  if (number) sheet.text(number, right, TOP + 33, { size: 11, colour: SOFT, align: "right" });
  if (stamp) drawStamp(letter, stamp, TOP + (number ? 42 : 26));
  letter.y = TOP + 80;
}

function addressLines(party: Party, { words, setting }: Letter): string[] {
  const { address } = party;
  if (!address || Array.isArray(address)) return address ?? [];
  const country = address.country ? words.country(address.country) : null;
  const present = (parts: (string | null)[]) => parts.filter((part): part is string => Boolean(part?.trim()));
  // Chinese addresses go from the country down to the door.
  if (setting.locale === "zh-CN" && address.country?.toUpperCase() === "CN")
    return present([
      present([country, address.state, address.city]).join(""),
      address.line1,
      address.line2,
      address.postalCode,
    ]);
  const place = present([address.city, present([address.state, address.postalCode]).join(" ")]).join(", ");
  return present([address.line1, address.line2, place, country]);
}

export type Fact = [label: string, value: string];
const LEADING = 13;

function drawParty(letter: Letter, label: string, party: Party, x: number, width: number): number {
  const { sheet, words, y } = letter;
  sheet.text(label, x, y, { size: 8.5, weight: "bold", colour: SOFT });
  let at = y + 16;
  const write = (text: string, weight: "regular" | "bold", colour: string) => {
    for (const line of sheet.lines(text, width, { size: 10, weight })) {
      sheet.text(line, x, at, { size: 10, weight, colour });
      at += LEADING;
    }
  };
  write(party.name, "bold", INK);
  for (const line of addressLines(party, letter)) write(line, "regular", INK);
  if (party.email) write(party.email, "regular", SOFT);
  if (party.taxId) write(words.t("parties.taxId", { id: party.taxId }), "regular", SOFT);
  return at;
}

/** Who it is from and for, and beside them the facts: dates, numbers. */
export function drawParties(letter: Letter, facts: Fact[]): void {
  const { sheet, words, setting, left, right, y } = letter;
  const [from, to, side] = [left, left + 160, left + 320];
  const ends = [
    drawParty(letter, words.t("parties.from"), setting.seller, from, 146),
    drawParty(letter, words.t("parties.billedTo"), setting.billedTo, to, 146),
  ];
  let at = y;
  for (const [label, value] of facts) {
    sheet.text(label, side, at, { size: 9, colour: SOFT });
    const lines = sheet.lines(value, right - side - 62, { size: 9.5 });
    for (const line of lines) {
      sheet.text(line, right, at, { size: 9.5, align: "right" });
      at += LEADING;
    }
    at += 2;
  }
  letter.y = Math.max(...ends, at) + 18;
}

/** What the reader wants to know first. */
export function drawHeadline(letter: Letter, text: string): void {
  const { sheet, left, width } = letter;
  const style = { size: 16, weight: "bold" as const, colour: letter.accent };
  for (const line of sheet.lines(text, width, style)) {
    sheet.text(line, left, letter.y, style);
    letter.y += 21;
  }
}
