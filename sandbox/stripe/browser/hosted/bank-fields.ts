import { digitsOf } from "../fields/format";
import { validateAccountNumber, validateEmail, validateName, validateRoutingNumber } from "../fields/validate";
import { type Html, html } from "../html";
import { TEXT } from "../text";
import type { Read } from "./card-fields";
import { input, type Sheet, select, typed } from "./input";
import { MERCHANT } from "./merchant";

/** Name of the field for the account's holder: a page that asks for a card too needs another one for that. */
export type HolderName = "name" | "accountHolderName";

function verification(sheet: Sheet): Html {
  const say = TEXT[sheet.language];
  const chosen = sheet.form.get("verification") ?? "instant";
  const options = (["instant", "microdeposits"] as const).map(
    (
      value,
    ) => html`<label><input type="radio" name="verification" value="${value}"${value === chosen && html` checked`}>
<span>${say[value]}<small>${say[`${value}Hint`]}</small></span></label>`,
  );
  return html`<fieldset class="wide"><legend>${say.verification}</legend>${options}</fieldset>`;
}

/** An American bank account and how it is verified, with the mandate. @param holder with the e-mail only in the portal's own form */
export function bankFields(sheet: Sheet, holder: HolderName): Html {
  const say = TEXT[sheet.language];
  const accountTypes = (["checking", "savings"] as const).map((value) => ({ value, label: say[value] }));
  return html`
${input(sheet, { name: holder, label: say.name, autocomplete: "name", wide: holder !== "name" })}
${holder === "name" && input(sheet, { name: "email", type: "email", label: say.emailOptional, autocomplete: "email", optional: true })}
${input(sheet, { name: "routingNumber", label: say.routingNumber, placeholder: "110000000", numeric: true })}
${input(sheet, { name: "accountNumber", label: say.accountNumber, placeholder: "000123456789", numeric: true, secret: true })}
${select(sheet, { name: "accountType", label: say.accountType, options: accountTypes, wide: true })}
${verification(sheet)}
<p class="wide hint">${say.bankConsent.replace("{business}", MERCHANT)}</p>`;
}

/** The account that was typed, or what is wrong with it. */
export function readBank(
  form: URLSearchParams,
  holder: HolderName,
  email: string,
): Read & { verification: Verification } {
  const how = typed(form, "verification") === "microdeposits" ? "microdeposits" : "instant";
  const fields = {
    [holder]: validateName(typed(form, holder)),
    email: email ? validateEmail(email) : null,
    routingNumber: validateRoutingNumber(typed(form, "routingNumber")),
    accountNumber: validateAccountNumber(typed(form, "accountNumber")),
  };
  if (Object.values(fields).some(Boolean)) return { fields, verification: how };
  return {
    data: {
      type: "us_bank_account",
      us_bank_account: {
        account_holder_type: "individual",
        account_number: digitsOf(typed(form, "accountNumber")),
        account_type: typed(form, "accountType") === "savings" ? "savings" : "checking",
        routing_number: digitsOf(typed(form, "routingNumber")),
      },
      billing_details: { name: typed(form, holder), email: email || undefined },
    },
    verification: how,
  };
}

export type Verification = "instant" | "microdeposits";
