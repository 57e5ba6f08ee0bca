import type { CardBrand } from "../fields/brand";

/** Plain badges of our own in the brands' colours: enough to be recognised, none of their artwork. */
function badge(label: string, background: string, size = 9): string {
  const text = `<text x="17" y="${11 + size / 3}" fill="#fff" font-family="Arial,sans-serif" font-size="${size}" font-weight="700" text-anchor="middle">${label}</text>`;
  return `<svg viewBox="0 0 34 22" width="34" height="22" aria-hidden="true"><rect width="34" height="22" rx="3" fill="${background}"/>${text}</svg>`;
}

const PLAIN = `<svg viewBox="0 0 34 22" width="34" height="22" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5"><rect x="1" y="1" width="32" height="20" rx="3"/><path d="M1 7h32M5 15h7"/></svg>`;

const BRANDS: Record<CardBrand, string> = {
  visa: badge("VISA", "#1a2b8f", 10),
  mastercard: `<svg viewBox="0 0 34 22" width="34" height="22" aria-hidden="true"><rect width="34" height="22" rx="3" fill="#252525"/><circle cx="14" cy="11" r="6" fill="#e5322d"/><circle cx="20" cy="11" r="6" fill="#f4a41f" fill-opacity=".88"/></svg>`,
  amex: badge("AMEX", "#1f72cd"),
  discover: badge("DISC", "#c9601b"),
  diners: badge("DINERS", "#31557f", 7),
  jcb: badge("JCB", "#0f7a3d"),
  unionpay: badge("UPAY", "#017b82", 8),
  unknown: PLAIN,
};

/** Brands as people call them, by Stripe's name. */
export const CARD_NAMES: Record<string, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};

/** The badge of a card brand as SVG markup. */
export function brandIcon(brand: CardBrand): string {
  return BRANDS[brand];
}

export const CARD_ICON = `<svg viewBox="0 0 20 16" width="18" height="15" aria-hidden="true" fill="currentColor"><path d="M2.5 0h15A2.5 2.5 0 0 1 20 2.5V4H0V2.5A2.5 2.5 0 0 1 2.5 0M0 6.5h20v7a2.5 2.5 0 0 1-2.5 2.5h-15A2.5 2.5 0 0 1 0 13.5z"/></svg>`;
export const BANK_ICON = `<svg viewBox="0 0 20 18" width="18" height="16" aria-hidden="true" fill="currentColor"><path d="M10 0 19.5 5v2H.5V5zM2.5 8.5h2.5v5.5H2.5zM8.75 8.5h2.5v5.5h-2.5zM15 8.5h2.5v5.5H15zM.5 15.5h19V18H.5z"/></svg>`;
export const SAVED_ICON = `<svg viewBox="0 0 20 18" width="18" height="16" aria-hidden="true" fill="currentColor"><path d="M2.5 0h15A2.5 2.5 0 0 1 20 2.5v3H0v-3A2.5 2.5 0 0 1 2.5 0M0 8h20v6.5a2.5 2.5 0 0 1-2.5 2.5h-15A2.5 2.5 0 0 1 0 14.500zM13 11.500l-1.200 1.200 2.300 2.300 4-4-1.200-1.200-2.800 2.800z" fill-rule="evenodd"/></svg>`;
