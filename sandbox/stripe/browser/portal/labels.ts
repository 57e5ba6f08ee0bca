import type Stripe from "stripe";
import type { CardBrand } from "../fields/brand";
import { BANK_ICON, brandIcon, CARD_NAMES } from "../frame/icons";
import { type Html, raw } from "../html";
import type { PageText } from "../pages/text";

function isBrand(brand: string): brand is CardBrand {
  return brand in CARD_NAMES;
}

/** A method in words: "Visa ending in 4242". */
export function methodLabel(method: Stripe.PaymentMethod, text: PageText): string {
  if (method.card)
    return `${CARD_NAMES[method.card.brand] ?? method.card.brand} ${text.bankEnding} ${method.card.last4}`;
  const bank = method.us_bank_account;
  return bank ? `${bank.bank_name ?? "Bank"} ${text.bankEnding} ${bank.last4 ?? "····"}` : method.type;
}

export function methodIcon(method: Stripe.PaymentMethod): Html {
  if (method.type === "us_bank_account") return raw(BANK_ICON);
  const brand = method.card?.brand ?? "unknown";
  return raw(brandIcon(isBrand(brand) ? brand : "unknown"));
}
