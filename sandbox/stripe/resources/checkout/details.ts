import type Stripe from "stripe";
import type { Account } from "../../account";
import { API_VERSION } from "../../http/version";
import { idOf } from "../../state/ids";
import { createCustomer, updateCustomer } from "../customers/write";
import { wholeAddress } from "../payment-methods/build";
import type { BillingDetails } from "../payment-methods/parameters";
import { createTaxId } from "../tax-ids/tax-ids";
import type { CheckoutBook } from "./book";

type Session = Stripe.Checkout.Session;
type Details = NonNullable<Session["customer_details"]>;

/** What the customer said about themselves on the page. */
export interface Answers {
  email: string | null;
  name?: string | null;
  phone?: string | null;
  address?: NonNullable<BillingDetails["address"]> | null;
  taxId?: { type: string; value: string } | null;
  /** Values of the session's custom fields, by key. */
  fields?: Record<string, string>;
  acceptedTerms?: boolean;
}

/** `customer_details`: what is known of the customer, with what was said on the page on top. */
export function detailsOf(customer: Stripe.Customer | null, answers: Answers): Details {
  const { taxId } = answers;
  return {
    address: answers.address ? wholeAddress(answers.address) : (customer?.address ?? null),
    business_name: null,
    email: answers.email || (customer?.email ?? null),
    individual_name: null,
    name: answers.name || (customer?.name ?? null),
    phone: answers.phone || (customer?.phone ?? null),
    tax_exempt: customer?.tax_exempt ?? "none",
    tax_ids: taxId ? [{ type: taxId.type, value: taxId.value }] : null,
  };
}

/** The session with what was said on its page. */
export function withAnswers(session: Session, customer: Stripe.Customer | null, answers: Answers): Session {
  const valueFor = (key: string) => answers.fields?.[key] || null;
  return {
    ...session,
    customer_details: detailsOf(customer, answers),
    consent: session.consent_collection
      ? { promotions: null, terms_of_service: answers.acceptedTerms ? "accepted" : null }
      : null,
    custom_fields: session.custom_fields.map((field) => {
      const value = valueFor(field.key);
      if (field.dropdown) return { ...field, dropdown: { ...field.dropdown, value } };
      if (field.numeric) return { ...field, numeric: { ...field.numeric, value } };
      return field.text ? { ...field, text: { ...field.text, value } } : field;
    }),
  };
}

/** Whether paying makes a customer of somebody who is none yet. */
function needsCustomer(session: Session, book: CheckoutBook): boolean {
  if (session.mode === "subscription") return true;
  const kept = book.given.payment_intent_data?.setup_future_usage !== undefined;
  return session.customer_creation === "always" || kept || session.invoice_creation?.enabled === true;
}

/** The session's customer, made or brought up to date with what was said on the page; null when none is wanted. */
export function customerFor(
  account: Account,
  session: Session,
  book: CheckoutBook,
  answers: Answers,
): Stripe.Customer | null {
  const known = account.tables.customers.get(idOf(session.customer) ?? "");
  const { name, phone, address, email, taxId } = answers;
  const number = (id: string) => taxId && createTaxId(account, id, taxId, "tax_id");
  if (known && !known.deleted) {
    const update = book.given.customer_update;
    const changes = {
      ...(update?.name === "auto" && name && { name }),
      ...(update?.address === "auto" && address && { address }),
      ...(!known.email && email && { email }),
    };
    number(known.id);
    return Object.keys(changes).length > 0 ? updateCustomer(account, known, changes, API_VERSION) : known;
  }
  if (!needsCustomer(session, book)) return null;
  const created = createCustomer(
    account,
    {
      ...(email && { email }),
      ...(name && { name }),
      ...(phone && { phone }),
      ...(address && { address }),
    },
    API_VERSION,
  );
  number(created.id);
  return created;
}
