import type Stripe from "stripe";
import type { CardBrand } from "../fields/brand";
import { BANK_ICON, brandIcon, CARD_NAMES } from "../frame/icons";
import { type Html, raw } from "../html";

function isBrand(brand: string): brand is CardBrand {
  return brand in CARD_NAMES;
}

/** A card or bank account as far as its name goes. */
interface Named {
  type: string;
  card?: { brand: string | null; last4: string | null };
  us_bank_account?: { bank_name: string | null; last4: string | null };
}

/** A method in words: "Visa ending in 4242". @param ending "ending in" in the reader's language */
export function methodLabel({ type, card, us_bank_account: bank }: Named, ending: string): string {
  if (card) return `${CARD_NAMES[card.brand ?? ""] ?? card.brand ?? ""} ${ending} ${card.last4 ?? ""}`;
  return bank ? `${bank.bank_name ?? "Bank"} ${ending} ${bank.last4 ?? "····"}` : type;
}

export function methodIcon(method: Stripe.PaymentMethod): Html {
  if (method.type === "us_bank_account") return raw(BANK_ICON);
  const brand = method.card?.brand ?? "unknown";
  return raw(brandIcon(isBrand(brand) ? brand : "unknown"));
}
