import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../../browser-api";
import { TEST_BANKS, TEST_ROUTING_NUMBER } from "../../instruments/test-banks";
import type { MethodData } from "../../resources/payment-methods/parameters";
import { page, stripeError } from "../answers";
import { localized } from "../error-text";
import { digitsOf } from "../fields/format";
import { type Html, html } from "../html";
import { type Language, languageOf, TEXT } from "../text";
import { layout } from "./layout";
import { notFound } from "./not-found";
import { PAGE_TEXT } from "./text";

function picker(language: Language): Html {
  const text = PAGE_TEXT[language];
  const options = TEST_BANKS.map(
    ({ number, name }, at) =>
      html`<option value="${number}">${at === 0 ? text.linkSuccess : name} ····${number.slice(-4)}</option>`,
  );
  return html`<div class="wide"><label for="account">${text.linkAccount}</label>
<select id="account" name="account">${options}</select></div>`;
}

function typed(language: Language): Html {
  const say = TEXT[language];
  return html`<input type="hidden" name="manual" value="1">
<div class="wide"><label for="routing">${say.routingNumber}</label><input id="routing" name="routing" inputmode="numeric" autocomplete="off" placeholder="110000000"></div>
<div class="wide"><label for="account">${say.accountNumber}</label><input id="account" name="account" inputmode="numeric" autocomplete="off" placeholder="000123456789"></div>
<p class="wide hint">${say.microdepositsHint}</p>`;
}

async function form(request: BrowserRequest, language: Language, error: string | null): Promise<BrowserAnswer> {
  const text = PAGE_TEXT[language];
  const manual = request.url.searchParams.get("manual") === "1";
  const other = new URLSearchParams(request.url.searchParams);
  if (manual) other.delete("manual");
  else other.set("manual", "1");
  const body = html`<main aria-labelledby="title">
<h1 id="title">${text.linkTitle}</h1>
<p class="muted">${text.linkHint}</p>
${error && html`<p class="notice bad" role="alert">${error}</p>`}
<form method="post" class="form">
${manual ? typed(language) : picker(language)}
<div class="wide actions"><button class="button" name="act" value="link">${text.link}</button>
<button class="button plain" name="act" value="close">${text.linkClose}</button></div>
</form>
<p><a href="?${other}">${manual ? text.linkInstead : text.linkManually}</a></p>
</main>`;
  const whole = await layout({ language, text, title: text.linkTitle, body, look: "compact" });
  return page(whole, { status: error ? 400 : 200, framed: true, formTo: "'self'" });
}

async function thanks(language: Language): Promise<BrowserAnswer> {
  const text = PAGE_TEXT[language];
  const body = html`<main><p role="status">${text.challengeDone}</p></main><script src="/js/endive/challenged.js"></script>`;
  const whole = await layout({ language, text, title: text.linkTitle, body, look: "compact" });
  return page(whole, { framed: true, script: true });
}

/**
 * Where Stripe would open Financial Connections: the customer links an account of the test bank, which counts as verified, or
 * types one in, which micro-deposits will verify.
 */
export async function bankAccount(request: BrowserRequest, stripe: BrowserApi): Promise<BrowserAnswer> {
  const { searchParams } = request.url;
  const clientSecret = searchParams.get("client_secret") ?? "";
  const language = languageOf(searchParams.get("locale") ?? request.language ?? "");
  try {
    stripe.retrieveIntent(clientSecret);
  } catch (thrown) {
    if (!stripeError(thrown)) throw thrown;
    return notFound(request);
  }
  if (request.method !== "POST") return form(request, language, null);
  if (request.form.get("act") !== "link") return thanks(language);
  const manual = request.form.get("manual") === "1";
  try {
    const bank: MethodData = {
      type: "us_bank_account",
      us_bank_account: {
        account_holder_type: "individual",
        account_number: digitsOf(request.form.get("account") ?? ""),
        account_type: "checking",
        routing_number: manual ? digitsOf(request.form.get("routing") ?? "") : TEST_ROUTING_NUMBER,
      },
      billing_details: { name: searchParams.get("name") ?? "", email: searchParams.get("email") ?? undefined },
    };
    stripe.collectBank(clientSecret, bank, manual ? "microdeposits" : "instant");
    return await thanks(language);
  } catch (thrown) {
    const error = stripeError(thrown);
    if (!error) throw thrown;
    return form(request, language, localized(error, language).message);
  }
}
