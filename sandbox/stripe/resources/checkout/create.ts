import type Stripe from "stripe";
import type { Account } from "../../account";
import { invalidRequest } from "../../http/errors";
import type { Call } from "../../http/route";
import { leastCharge } from "../payment-intents/build";
import { resolveCustomer } from "../payment-methods/attach";
import { createSetup } from "../setup-intents/routes";
import type { CheckoutBook } from "./book";
import { buildSession, newSessionId } from "./build";
import { checkSession } from "./check";
import { detailsOf } from "./details";
import { checkoutLines } from "./lines";
import type { CreateInput } from "./parameters";
import { openSession } from "./session";
import { figureLines } from "./totals";

type Session = Stripe.Checkout.Session;

function checkAmount(mode: string, amount: number, currency: string): void {
  const least = leastCharge(currency);
  if (mode !== "payment" || amount === 0 || amount >= least) return;
  throw invalidRequest(
    `The Checkout Session's total amount due must add up to at least $${(least / 100).toFixed(2)} ${currency}`,
    { code: "amount_too_small" },
  );
}

/** Saving a method needs an intent from the start; payments get theirs when the customer pays. */
function setupFor(account: Account, session: Session, given: CreateInput, call: Call): Stripe.SetupIntent {
  return createSetup(
    account,
    {
      ...(given.customer && { customer: given.customer }),
      ...(given.allowed_payment_method_types && { allowed_payment_method_types: given.allowed_payment_method_types }),
      ...(given.excluded_payment_method_types && {
        excluded_payment_method_types: given.excluded_payment_method_types,
      }),
      ...(given.payment_method_types && { payment_method_types: session.payment_method_types }),
      ...(given.payment_method_options && { payment_method_options: given.payment_method_options }),
      ...given.setup_intent_data,
      usage: "off_session",
    },
    { ...call, version: null },
  );
}

/** `POST /v1/checkout/sessions`. @throws StripeFailure 400, 404, 501 */
export function createSession(account: Account, given: CreateInput, call: Call): Session {
  const mode = checkSession(account, given, call);
  const id = newSessionId();
  const customer = given.customer ? resolveCustomer(account, given.customer) : null;
  const book: CheckoutBook = {
    id,
    lines: mode === "setup" ? [] : checkoutLines(account, given.line_items ?? [], mode),
    discounts: given.discounts ?? [],
    given: {
      customer_update: given.customer_update,
      invoice_creation: given.invoice_creation,
      payment_intent_data: given.payment_intent_data,
      payment_method_data: given.payment_method_data,
      payment_method_options: given.payment_method_options,
      setup_intent_data: given.setup_intent_data,
      subscription_data: given.subscription_data,
    },
    clientSecret: null,
    subscription: null,
  };
  const figures = mode === "setup" ? null : figureLines(account, book, customer);
  const built = buildSession(account, id, given, mode, figures, book.discounts);
  if (figures && built.currency) checkAmount(mode, figures.total, built.currency);
  const session: Session = {
    ...built,
    customer_details:
      customer || given.customer_email ? detailsOf(customer, { email: given.customer_email ?? null }) : null,
  };
  if (mode !== "setup") return openSession(account, session, book);
  const intent = setupFor(account, session, given, call);
  account.tables.checkoutIntents.put({ id: intent.id, session: id });
  return openSession(account, { ...session, setup_intent: intent.id }, { ...book, clientSecret: intent.client_secret });
}
