import { digitsOf } from "../fields/format";
import * as validate from "../fields/validate";
import { h } from "./dom";
import { Field, type FieldOptions } from "./field";
import { saveBox } from "./keeping";
import { asks, billingDetails, consent, type FormContext, type MethodForm, texts } from "./method-form";

const VERIFICATIONS = ["instant", "microdeposits"] as const;

function verificationChoice(context: FormContext): HTMLFieldSetElement {
  const say = texts(context.language);
  const choices = VERIFICATIONS.map((value, at) =>
    h(
      "label",
      { class: "Choice" },
      h("input", { type: "radio", name: "verification", value, checked: at === 0 }),
      h("span", {}, h("strong", {}, say(value)), h("small", {}, say(`${value}Hint`))),
    ),
  );
  return h(
    "fieldset",
    { class: "Choices Field--wide" },
    h("legend", { class: "Label" }, say("verification")),
    ...choices,
  );
}

/** An American bank account for ACH debits, verified at once or by micro-deposits, with the mandate the debits need. */
export function bankForm(context: FormContext): MethodForm {
  const say = texts(context.language);
  const defaults = context.element.defaultValues?.billingDetails;
  const field = (options: FieldOptions) => new Field(options, say, context.onChange);
  const digits = (length: number) => (text: string) => digitsOf(text).slice(0, length);

  const name = field({
    name: "name",
    label: say("name"),
    autocomplete: "billing name",
    value: defaults?.name ?? "",
    validate: validate.validateName,
  });
  const email = field({
    name: "email",
    label: say("email"),
    type: "email",
    inputMode: "email",
    autocomplete: "billing email",
    value: defaults?.email ?? "",
    validate: validate.validateEmail,
  });
  const routing = field({
    name: "routingNumber",
    label: say("routingNumber"),
    placeholder: "110000000",
    inputMode: "numeric",
    format: digits(9),
    validate: validate.validateRoutingNumber,
    eager: true,
  });
  const account = field({
    name: "accountNumber",
    label: say("accountNumber"),
    placeholder: "000123456789",
    inputMode: "numeric",
    format: digits(17),
    validate: validate.validateAccountNumber,
  });
  const accountType = field({
    name: "accountType",
    label: say("accountType"),
    choices: (["checking", "savings"] as const).map((value) => ({ value, label: say(value) })),
  });
  const holderType = field({
    name: "accountHolderType",
    label: say("holderType"),
    choices: (["company", "individual"] as const).map((value) => ({ value, label: say(value) })),
  });
  name.root.hidden = !asks(context, "name");
  email.root.hidden = !asks(context, "email");

  const verification = verificationChoice(context);
  const fields = [name, email, routing, account, accountType, holderType];
  const showConsent = context.element.terms?.usBankAccount !== "never";
  const saving = saveBox(context, "us_bank_account", () => undefined);
  return {
    tab: "us_bank_account",
    type: () => "us_bank_account",
    keeps: saving.ticked,
    fields,
    root: h(
      "div",
      { class: "Grid Grid--bank" },
      ...fields.map(({ root }) => root),
      verification,
      saving.root,
      showConsent && h("p", { class: "Consent Field--wide" }, consent(context, "bankConsent")),
    ),
    params(given) {
      const chosen = verification.querySelector<HTMLInputElement>("input:checked")?.value ?? "instant";
      return {
        payment_method_data: {
          ...given.payment_method_data,
          ...saving.methodMembers(given),
          type: "us_bank_account",
          us_bank_account: {
            routing_number: routing.value,
            account_number: account.value,
            account_type: accountType.value,
            account_holder_type: holderType.value,
          },
          billing_details: billingDetails({ name: name.value || undefined, email: email.value || undefined }, given),
        },
        ...saving.intentMembers(),
        payment_method_options: { us_bank_account: { verification_method: chosen } },
        // The server reads the address and the browser from the request, as Stripe's does.
        mandate_data: { customer_acceptance: { type: "online", online: { infer_from_client: true } } },
      };
    },
    showError: (code, message) => (/routing/.test(code) ? routing : account).showError(message),
  };
}
