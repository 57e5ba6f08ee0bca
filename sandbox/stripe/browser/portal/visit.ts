import type { BrowserAnswer, BrowserApi, BrowserRequest, PortalSession } from "../../browser-api";
import { page } from "../answers";
import { type Html, html } from "../html";
import { layout } from "../pages/layout";
import { PAGE_TEXT, type PageText } from "../pages/text";
import { type Language, languageOf } from "../text";

/** The portal configuration of a real account names its business; the sandbox has one merchant. */
export const MERCHANT = "Evenkeel";

/** One request to one portal session, with everything its pages need. */
export interface Visit {
  request: BrowserRequest;
  stripe: BrowserApi;
  session: PortalSession;
  /** Path of the session's first page. */
  home: string;
  language: Language;
  text: PageText;
}

/** @throws whatever `portalSession` throws for an unknown session */
export function visit(request: BrowserRequest, stripe: BrowserApi, id: string): Visit {
  const session = stripe.portalSession(id);
  const wanted = session.locale && session.locale !== "auto" ? session.locale : request.language;
  const language = languageOf(wanted ?? "");
  return {
    request,
    stripe,
    session,
    home: `/p/session/${encodeURIComponent(id)}`,
    language,
    text: PAGE_TEXT[language],
  };
}

/** Where a finished flow leads, or null when it ends in the portal itself. */
export function afterFlow({ session }: Visit): string | null {
  const completion = session.flow?.after_completion;
  return completion?.type === "redirect" ? (completion.redirect?.return_url ?? null) : null;
}

export async function portalPage(visited: Visit, title: string, main: Html, status = 200): Promise<BrowserAnswer> {
  const { session, text, language } = visited;
  const back =
    session.returnUrl &&
    html`<nav><a class="back" href="${session.returnUrl}">← ${text.returnTo.replace("{name}", MERCHANT)}</a></nav>`;
  const after = afterFlow(visited);
  const formTo = after ? `'self' ${new URL(after).origin}` : "'self'";
  return page(await layout({ language, text, title, body: html`${back}<main>${main}</main>` }), { status, formTo });
}
