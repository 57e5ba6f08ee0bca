import type { Answers } from "../../resources/checkout/details";
import { type ValidationCode, validateEmail } from "../fields/validate";
import { BILLING_ADDRESS, readAddress } from "../hosted/address-fields";
import { CHECKOUT_CARD } from "../hosted/card-fields";
import { typed } from "../hosted/input";
import type { CheckoutVisit } from "./visit";

type Wrong = Record<string, ValidationCode | null>;

function missing(form: URLSearchParams, name: string): ValidationCode | null {
  return typed(form, name) ? null : "incomplete_field";
}

/** What is wrong with the details, by field; those of the payment method are looked at by their own form. */
function mistakes({ session, request, customer }: CheckoutVisit): Wrong {
  const { form } = request;
  const wrong: Wrong = {};
  if (!customer?.email && !session.customer_email) wrong.email = validateEmail(typed(form, "email"));
  if (session.phone_number_collection?.enabled) wrong.phone = missing(form, "phone");
  if (session.billing_address_collection === "required")
    for (const name of [BILLING_ADDRESS.line1, BILLING_ADDRESS.city]) wrong[name] = missing(form, name);
  for (const field of session.custom_fields) {
    const name = `field_${field.key}`;
    const value = typed(form, name);
    const { maximum_length: most, minimum_length: least } = field.text ?? field.numeric ?? {};
    const tooLong = (most ?? 255) < value.length;
    const tooShort = value !== "" && value.length < (least ?? 0);
    const notNumber = field.numeric !== undefined && !/^\d*$/.test(value);
    const unknown = value !== "" && field.dropdown && !field.dropdown.options.some((option) => option.value === value);
    if ((!field.optional && !value) || tooLong || tooShort || notNumber || unknown) wrong[name] = "incomplete_field";
  }
  if (session.consent_collection?.terms_of_service === "required" && !form.get("terms"))
    wrong.terms = "incomplete_terms";
  return wrong;
}

/** What the customer said about themselves, and what is wrong with it. */
export function readAnswers(visited: CheckoutVisit): { answers: Answers; wrong: Wrong } {
  const { session, request, customer } = visited;
  const { form } = request;
  const type = typed(form, "taxIdType");
  const value = typed(form, "taxIdValue");
  return {
    answers: {
      email: customer?.email ?? session.customer_email ?? typed(form, "email"),
      name: typed(form, CHECKOUT_CARD.name) || typed(form, "accountHolderName") || null,
      phone: typed(form, "phone") || null,
      address: session.billing_address_collection === "required" ? readAddress(form, BILLING_ADDRESS) : null,
      taxId: type && value ? { type, value } : null,
      fields: Object.fromEntries(session.custom_fields.map(({ key }) => [key, typed(form, `field_${key}`)])),
      acceptedTerms: form.get("terms") !== null,
    },
    wrong: mistakes(visited),
  };
}
