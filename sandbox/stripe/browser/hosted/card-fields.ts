import { now } from "@/lib/clock";
import type { MethodData } from "../../resources/payment-methods/parameters";
import { digitsOf, parseExpiry } from "../fields/format";
import { type ValidationCode, validateCvc, validateExpiry, validateNumber } from "../fields/validate";
import { type Html, html } from "../html";
import { TEXT } from "../text";
import { input, type Sheet, typed } from "./input";

/** Names of the fields: the portal's form has those of the Payment Element, Checkout has its own. */
export const ELEMENT_CARD = { number: "number", expiry: "expiry", cvc: "cvc", name: "name" };
export const CHECKOUT_CARD = { number: "cardNumber", expiry: "cardExpiry", cvc: "cardCvc", name: "billingName" };
export type CardNames = typeof ELEMENT_CARD;

/** Number, expiry, security code and the name on the card. */
export function cardFields(sheet: Sheet, names: CardNames): Html {
  const say = TEXT[sheet.language];
  return html`
${input(sheet, { name: names.number, label: say.number, autocomplete: "cc-number", placeholder: "1234 1234 1234 1234", numeric: true, wide: true, secret: true })}
${input(sheet, { name: names.expiry, label: say.expiry, autocomplete: "cc-exp", placeholder: say.expiryPlaceholder, numeric: true })}
${input(sheet, { name: names.cvc, label: say.cvc, autocomplete: "cc-csc", placeholder: say.cvcPlaceholder, numeric: true, secret: true })}
${input(sheet, { name: names.name, label: say.nameOnCard, autocomplete: "cc-name", wide: true, optional: true })}`;
}

export type Read = { data: MethodData } | { fields: Record<string, ValidationCode | null> };

/** The card that was typed, or what is wrong with it. */
export function readCard(form: URLSearchParams, names: CardNames): Read {
  const today = now();
  const fields = {
    [names.number]: validateNumber(typed(form, names.number)),
    [names.expiry]: validateExpiry(typed(form, names.expiry), {
      month: today.getUTCMonth() + 1,
      year: today.getUTCFullYear(),
    }),
    [names.cvc]: validateCvc(typed(form, names.cvc), typed(form, names.number)),
  };
  const date = parseExpiry(typed(form, names.expiry));
  if (!date || Object.values(fields).some(Boolean)) return { fields };
  return {
    data: {
      type: "card",
      card: {
        number: digitsOf(typed(form, names.number)),
        exp_month: date.month,
        exp_year: date.year,
        cvc: digitsOf(typed(form, names.cvc)),
      },
      billing_details: { name: typed(form, names.name) || undefined },
    },
  };
}
