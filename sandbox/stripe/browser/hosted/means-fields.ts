import type Stripe from "stripe";
import type { Means } from "../../resources/checkout/pay";
import type { ValidationCode } from "../fields/validate";
import { type Html, html } from "../html";
import { methodIcon, methodLabel } from "../portal/labels";
import { bankFields, type HolderName, readBank } from "./bank-fields";
import { CHECKOUT_CARD, cardFields, readCard } from "./card-fields";
import { type Sheet, typed } from "./input";
import { PAY_TEXT } from "./text";

/** What may be paid with on a page. */
export interface Offer {
  saved: Stripe.PaymentMethod[];
  types: readonly string[];
  /** Saved methods may be taken away. */
  canRemove: boolean;
  /** The box "save for later" is shown with new methods. */
  canSave: boolean;
}

const HOLDER: HolderName = "accountHolderName";

function choice(value: string, chosen: string, label: Html, panel: Html | null, button: Html | false = false): Html {
  return html`<div class="means"><label><input type="radio" name="means" value="${value}"${value === chosen && html` checked`}> ${label}</label>${button}${panel && html`<div class="form panel">${panel}</div>`}</div>`;
}

/**
 * Saved methods, a new card and a new bank account, of which one is open: the style sheet opens what is chosen, so that it
 * works without scripts.
 */
export function meansFields(sheet: Sheet, { saved, types, canRemove, canSave }: Offer): Html {
  const text = PAY_TEXT[sheet.language];
  const known = saved.filter(({ type }) => types.includes(type));
  const chosen = sheet.form.get("means") ?? known[0]?.id ?? types[0] ?? "card";
  const keep = (id: string) =>
    canSave &&
    html`<label class="wide check" for="${id}"><input type="checkbox" id="${id}" name="save" value="1"${sheet.form.get("save") && html` checked`}> <span>${text.saveForLater}</span></label>`;
  return html`<fieldset class="wide"><legend>${text.payWith}</legend>
${known.map((method) =>
  choice(
    method.id,
    chosen,
    html`<span class="icon">${methodIcon(method)}</span><span>${methodLabel(method, text.bankEnding)}</span>`,
    null,
    canRemove &&
      html`<button class="button plain small" name="act" value="remove_${method.id}" aria-label="${text.removeOf.replace("{method}", methodLabel(method, text.bankEnding))}">${text.remove}</button>`,
  ),
)}
${types.includes("card") && choice("card", chosen, html`<span>${text.newCard}</span>`, html`${cardFields(sheet, CHECKOUT_CARD)}${keep("save-card")}`)}
${types.includes("us_bank_account") && choice("us_bank_account", chosen, html`<span>${text.newBank}</span>`, html`${bankFields(sheet, HOLDER)}${keep("save-bank")}`)}
</fieldset>`;
}

export type ReadMeans =
  | { means: Means; save: boolean }
  | { fields: Record<string, ValidationCode | null>; message?: string };

/** What the customer chose to pay with, or what is wrong with it. @param email for the bank's own messages */
export function readMeans(
  form: URLSearchParams,
  { saved, types, canSave }: Offer,
  email: string,
  chooseOne: string,
): ReadMeans {
  const wanted = typed(form, "means");
  const save = canSave && form.get("save") === "1";
  if (saved.some(({ id, type }) => id === wanted && types.includes(type)))
    return { means: { payment_method: wanted }, save: false };
  if (!types.includes(wanted)) return { fields: {}, message: chooseOne };
  if (wanted === "us_bank_account") {
    const read = readBank(form, HOLDER, email);
    return "fields" in read
      ? { fields: read.fields }
      : { means: { payment_method_data: read.data, verification: read.verification }, save };
  }
  const read = readCard(form, CHECKOUT_CARD);
  return "fields" in read ? { fields: read.fields } : { means: { payment_method_data: read.data }, save };
}
