import type { BrowserAnswer, BrowserApi, BrowserRequest, Intent } from "../../browser-api";
import { page, seeOther, stripeError } from "../answers";
import { type Html, html } from "../html";
import { type Language, languageOf } from "../text";
import { money } from "./format";
import { layout } from "./layout";
import { notFound } from "./not-found";
import { PAGE_TEXT } from "./text";

function amountOf(intent: Intent, language: Language): Html {
  const text = PAGE_TEXT[language];
  if (intent.object === "setup_intent") return html`<p>${text.challengeSave}</p>`;
  const amount = money(intent.amount, intent.currency, language);
  return html`<dl class="facts"><dt>${text.challengeAmount}</dt><dd>${amount}</dd></dl>`;
}

/** Pages of the stand-in itself, which a query may name; anything else might be anybody's. */
export function isOwnPage(path: string): boolean {
  return /^\/(?:p\/session|c\/pay|i)\/[\w-]+(?:[/?]|$)/.test(path);
}

/** Where a customer goes who was sent here by a redirect: our own portal, or the address given when the intent was confirmed. */
function wayBack(request: BrowserRequest, intent: Intent): string | null {
  const own = request.url.searchParams.get("return_to");
  if (own && isOwnPage(own)) return own;
  return intent.next_action?.redirect_to_url?.return_url ?? null;
}

function withResult(address: string, before: Intent, after: Intent): string {
  if (address.startsWith("/")) return address;
  const url = new URL(address);
  url.searchParams.set(before.object, before.id);
  url.searchParams.set(`${before.object}_client_secret`, before.client_secret ?? "");
  url.searchParams.set("redirect_status", after.status === "requires_payment_method" ? "failed" : "succeeded");
  return url.href;
}

async function question(request: BrowserRequest, intent: Intent, language: Language): Promise<BrowserAnswer> {
  const text = PAGE_TEXT[language];
  const back = wayBack(request, intent);
  const body = html`<main aria-labelledby="title">
<h1 id="title">${text.challengeTitle}</h1>
<p class="muted">${text.challengeHint}</p>
${amountOf(intent, language)}
<form method="post" class="actions">
<button class="button" id="test-source-authorize-3ds" name="outcome" value="success">${text.complete}</button>
<button class="button plain danger" id="test-source-fail-3ds" name="outcome" value="fail">${text.fail}</button>
</form>
</main>`;
  const formTo = back && !back.startsWith("/") ? `'self' ${new URL(back).origin}` : "'self'";
  return page(await layout({ language, text, title: text.challengeTitle, body, look: "compact" }), {
    framed: true,
    formTo,
  });
}

async function thanks(language: Language): Promise<BrowserAnswer> {
  const text = PAGE_TEXT[language];
  const body = html`<main><p role="status">${text.challengeDone}</p></main><script src="/js/endive/challenged.js"></script>`;
  return page(await layout({ language, text, title: text.challengeTitle, body, look: "compact" }), {
    framed: true,
    script: true,
  });
}

/** Tells the page around the frame that there is an answer; which one, it asks the API. */
export const CHALLENGED_SCRIPT = `if (parent !== window) parent.postMessage({ standin: "challenged" }, "*");\n`;

/** The page that plays the customer's bank, in a frame of the merchant's page or by redirect. Works without scripts. */
export async function challenge(request: BrowserRequest, stripe: BrowserApi): Promise<BrowserAnswer> {
  const { searchParams } = request.url;
  const clientSecret = searchParams.get("client_secret") ?? "";
  const language = languageOf(searchParams.get("locale") ?? request.language ?? "");
  try {
    const before = stripe.retrieveIntent(clientSecret);
    if (before.status !== "requires_action") return await thanks(language);
    if (request.method !== "POST") return await question(request, before, language);
    const back = wayBack(request, before);
    const after = stripe.completeChallenge(
      clientSecret,
      request.form.get("outcome") === "success" ? "success" : "fail",
    );
    return back ? seeOther(withResult(back, before, after)) : await thanks(language);
  } catch (thrown) {
    if (!stripeError(thrown)) throw thrown;
    return notFound(request);
  }
}
