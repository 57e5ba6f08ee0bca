/** The colours of documents: those of the mails and the app (app/globals.css). */
export const INK = "#0c222d";
export const SOFT = "#4a6270";
export const LINE = "#d8e1e3";
export const PALE = "#f3f7f7";
export const KEEL = "#0b6b70";
export const GOOD = "#1a7347";
export const BAD = "#b3261e";
export const WHITE = "#ffffff";

/** The least contrast of text (WCAG 2.2, 1.4.3). */
const READABLE = 4.5;

type Rgb = [number, number, number];

export function rgbOf(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const hexOf = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

function luminance(colour: string): number {
  const [r, g, b] = rgbOf(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** How well two colours can be told apart, from 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colour, darkened until it can be read on white. @param colour `#rrggbb` */
export function readableOnWhite(colour: string): string {
  let shade = colour;
  for (let share = 1; contrast(shade, WHITE) < READABLE; share -= 0.05)
    shade = hexOf(rgbOf(colour).map((part) => part * share) as Rgb);
  return shade;
}

/** White or ink, whichever is read better on the colour. */
export const textOn = (colour: string): string => (contrast(WHITE, colour) >= contrast(INK, colour) ? WHITE : INK);
