import type Stripe from "stripe";
import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../../browser-api";
import type { CheckoutBook } from "../../resources/checkout/book";
import { checkoutBook, customerOfSession, figuresOf, resolveSession } from "../../resources/checkout/session";
import type { Figures } from "../../resources/checkout/totals";
import { page } from "../answers";
import type { Offer } from "../hosted/means-fields";
import type { Html } from "../html";
import { layout } from "../pages/layout";
import { type Language, languageOf } from "../text";
import { CHECKOUT_TEXT, type CheckoutText } from "./text";

/** One request to one session, with everything its pages need. */
export interface CheckoutVisit {
  request: BrowserRequest;
  stripe: BrowserApi;
  session: Stripe.Checkout.Session;
  book: CheckoutBook;
  customer: Stripe.Customer | null;
  /** Null in setup mode. */
  figures: Figures | null;
  offer: Offer;
  home: string;
  language: Language;
  text: CheckoutText;
}

function offerOf(stripe: BrowserApi, session: Stripe.Checkout.Session, customer: Stripe.Customer | null): Offer {
  const options = session.saved_payment_method_options;
  const filters: readonly string[] = options?.allow_redisplay_filters ?? [];
  const saved = customer ? stripe.listMethods(customer.id) : [];
  return {
    saved: saved.filter(({ allow_redisplay: redisplay }) => filters.includes(redisplay ?? "unspecified")),
    types: session.payment_method_types,
    canRemove: options?.payment_method_remove === "enabled",
    canSave: options?.payment_method_save === "enabled" && session.mode === "payment",
  };
}

/** @throws StripeFailure 404 for an unknown session */
export function visitCheckout(request: BrowserRequest, stripe: BrowserApi, id: string): CheckoutVisit {
  const { account } = stripe;
  const session = resolveSession(account, id);
  const wanted = session.locale && session.locale !== "auto" ? session.locale : request.language;
  const language = languageOf(wanted ?? "");
  const customer = customerOfSession(account, session);
  return {
    request,
    stripe,
    session,
    book: checkoutBook(account, id),
    customer,
    figures: session.mode === "setup" ? null : stripe.act(() => figuresOf(account, session), id),
    offer: offerOf(stripe, session, customer),
    home: `/c/pay/${encodeURIComponent(id)}`,
    language,
    text: CHECKOUT_TEXT[language],
  };
}

/** Where a paid session leads. */
export function successUrl({ id, success_url: url }: Stripe.Checkout.Session): string {
  return (url ?? "/").replaceAll(/\{CHECKOUT_SESSION_ID\}|%7BCHECKOUT_SESSION_ID%7D/gi, id);
}

export async function checkoutPage(
  { session, language, text }: CheckoutVisit,
  title: string,
  body: Html,
  options: { status?: number; wide?: boolean } = {},
): Promise<BrowserAnswer> {
  const { status = 200, wide = false } = options;
  const whole = await layout({ language, text, title, body, look: wide ? "wide" : "full" });
  return page(whole, { status, formTo: `'self' ${new URL(successUrl(session)).origin}` });
}
