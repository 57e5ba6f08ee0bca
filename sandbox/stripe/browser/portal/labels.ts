import type Stripe from "stripe";
import type { CardBrand } from "../fields/brand";
import { BANK_ICON, brandIcon, CARD_NAMES } from "../frame/icons";
import { type Html, raw } from "../html";

function isBrand(brand: string): brand is CardBrand {
  return brand in CARD_NAMES;
}

/** A method in words: "Visa ending in 4242". @param ending "ending in" in the reader's language */
export function methodLabel(method: Pick<Stripe.PaymentMethod, "type" | "card" | "us_bank_account">, ending: string) {
  if (method.card) return `${CARD_NAMES[method.card.brand] ?? method.card.brand} ${ending} ${method.card.last4}`;
  const bank = method.us_bank_account;
  return bank ? `${bank.bank_name ?? "Bank"} ${ending} ${bank.last4 ?? "····"}` : method.type;
}

export function methodIcon(method: Stripe.PaymentMethod): Html {
  if (method.type === "us_bank_account") return raw(BANK_ICON);
  const brand = method.card?.brand ?? "unknown";
  return raw(brandIcon(isBrand(brand) ? brand : "unknown"));
}
