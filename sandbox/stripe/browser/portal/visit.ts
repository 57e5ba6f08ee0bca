import type Stripe from "stripe";
import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../../browser-api";
import { resourceMissing } from "../../http/errors";
import { resolveCustomer } from "../../resources/payment-methods/attach";
import { portalConfiguration } from "../../resources/portal/configurations";
import { portalSession } from "../../resources/portal/sessions";
import { page, seeOther } from "../answers";
import { MERCHANT } from "../hosted/merchant";
import { type Html, html } from "../html";
import { layout } from "../pages/layout";
import { type Language, languageOf } from "../text";
import { PORTAL_TEXT, type PortalText } from "./text";

/** One request to one portal session, with everything its pages need. */
export interface Visit {
  request: BrowserRequest;
  stripe: BrowserApi;
  session: Stripe.BillingPortal.Session;
  expired: boolean;
  customer: Stripe.Customer;
  configuration: Stripe.BillingPortal.Configuration;
  /** Path of the session's first page. */
  home: string;
  language: Language;
  text: PortalText;
}

/** @throws StripeFailure 404 for an unknown session */
export function visit(request: BrowserRequest, stripe: BrowserApi, id: string): Visit {
  const { session, expired } = portalSession(stripe.account, id);
  const wanted = session.locale && session.locale !== "auto" ? session.locale : request.language;
  const language = languageOf(wanted ?? "");
  return {
    request,
    stripe,
    session,
    expired,
    customer: resolveCustomer(stripe.account, session.customer),
    configuration: portalConfiguration(stripe.account, String(session.configuration)),
    home: `/p/session/${encodeURIComponent(id)}`,
    language,
    text: PORTAL_TEXT[language],
  };
}

/** A subscription of the session's customer: nobody may touch another's through their own session. @throws StripeFailure 404 */
export function ownSubscription({ stripe, session }: Visit, id: string): Stripe.Subscription {
  const subscription = stripe.account.tables.subscriptions.get(id);
  if (subscription?.customer !== session.customer) throw resourceMissing("subscription", id);
  return subscription;
}

export type Done =
  | "added"
  | "removed"
  | "madeDefault"
  | "detailsSaved"
  | "canceled"
  | "canceledAtEnd"
  | "renewed"
  | "updated"
  | "paused"
  | "resumed";

/** Where a finished step leads: where its flow ends, or the portal's first page, which says what was done. */
export function leave({ session, home }: Visit, done: Done, subscription?: string): BrowserAnswer {
  const completion = session.flow?.after_completion;
  if (completion?.type === "redirect" && completion.redirect) return seeOther(completion.redirect.return_url);
  const query = new URLSearchParams({ done, ...(subscription && { subscription }) });
  return seeOther(completion?.type === "hosted_confirmation" ? `${home}/done?${query}` : `${home}?${query}`);
}

function links({ configuration, text }: Visit): Html | null {
  const { privacy_policy_url: privacy, terms_of_service_url: terms } = configuration.business_profile;
  if (!privacy && !terms) return null;
  return html`<nav class="links" aria-label="${text.legal}">${terms && html`<a href="${terms}">${text.terms}</a>`} ${privacy && html`<a href="${privacy}">${text.privacy}</a>`}</nav>`;
}

export async function portalPage(visited: Visit, title: string, main: Html, status = 200): Promise<BrowserAnswer> {
  const { session, text, language, configuration } = visited;
  const { headline } = configuration.business_profile;
  const head = html`<header class="top">${
    session.return_url &&
    html`<nav><a class="back" href="${session.return_url}">← ${text.returnTo.replace("{name}", MERCHANT)}</a></nav>`
  }${headline && html`<p class="headline">${headline}</p>`}</header>`;
  const redirect = session.flow?.after_completion.redirect?.return_url;
  const formTo = redirect ? `'self' ${new URL(redirect).origin}` : "'self'";
  const body = html`${head}<main>${main}</main>${links(visited)}`;
  return page(await layout({ language, text, title, body }), { status, formTo });
}
