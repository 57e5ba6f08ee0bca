import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../../browser-api";
import { page, seeOther, stripeError } from "../answers";
import { html } from "../html";
import { type Language, languageOf } from "../text";
import { isOwnPage } from "./challenge";
import { layout } from "./layout";
import { notFound } from "./not-found";
import { PAGE_TEXT } from "./text";

async function done(language: Language): Promise<BrowserAnswer> {
  const text = PAGE_TEXT[language];
  const body = html`<main><h1>${text.depositsDone}</h1><p class="muted" role="status">${text.depositsDoneHint}</p></main>`;
  return page(await layout({ language, text, title: text.depositsDone, body }));
}

async function form(language: Language, error: string | null): Promise<BrowserAnswer> {
  const text = PAGE_TEXT[language];
  const body = html`<main>
<h1>${text.depositsTitle}</h1>
<p class="muted">${text.depositsHint}</p>
${error && html`<p class="notice bad" role="alert">${error}</p>`}
<form method="post" class="surface pad form">
<div><label for="first">${text.firstAmount}</label><input id="first" name="first" inputmode="numeric" autocomplete="off"></div>
<div><label for="second">${text.secondAmount}</label><input id="second" name="second" inputmode="numeric" autocomplete="off"></div>
<div class="wide"><label for="code">${text.depositsCode}</label><input id="code" name="code" autocomplete="off" aria-describedby="code-hint">
<p class="hint" id="code-hint">${text.depositsCodeHint}</p></div>
<div class="wide"><button class="button">${text.verify}</button></div>
</form>
</main>`;
  return page(await layout({ language, text, title: text.depositsTitle, body }), {
    status: error ? 400 : 200,
    formTo: "'self'",
  });
}

/** What the customer typed as proof, or null when it is neither two amounts (cents) nor a code. */
function proofOf(fields: URLSearchParams): { amounts: [number, number] } | { descriptorCode: string } | null {
  const code = fields.get("code")?.trim().toUpperCase();
  if (code) return { descriptorCode: code };
  const first = fields.get("first")?.trim() ?? "";
  const second = fields.get("second")?.trim() ?? "";
  return /^\d{1,2}$/.test(first) && /^\d{1,2}$/.test(second) ? { amounts: [Number(first), Number(second)] } : null;
}

/** The page behind `next_action.verify_with_microdeposits.hosted_verification_url`. */
export async function microdeposits(request: BrowserRequest, stripe: BrowserApi): Promise<BrowserAnswer> {
  const { searchParams } = request.url;
  const clientSecret = searchParams.get("client_secret") ?? "";
  const language = languageOf(searchParams.get("locale") ?? request.language ?? "");
  try {
    const intent = stripe.retrieveIntent(clientSecret);
    if (intent.next_action?.type !== "verify_with_microdeposits") {
      return intent.status === "requires_payment_method" || intent.status === "canceled"
        ? await notFound(request)
        : await done(language);
    }
  } catch (thrown) {
    if (!stripeError(thrown)) throw thrown;
    return notFound(request);
  }
  if (request.method !== "POST") return form(language, null);
  const proof = proofOf(request.form);
  if (!proof) return form(language, PAGE_TEXT[language].depositsMissing);
  try {
    stripe.verifyMicrodeposits(clientSecret, proof);
    const back = searchParams.get("return_to");
    return back && isOwnPage(back) ? seeOther(back) : await done(language);
  } catch (thrown) {
    const error = stripeError(thrown);
    if (!error) throw thrown;
    return form(language, error.message);
  }
}
