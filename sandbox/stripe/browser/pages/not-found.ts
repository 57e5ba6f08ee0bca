import type { BrowserAnswer, BrowserRequest } from "../../browser-api";
import { page } from "../answers";
import { html } from "../html";
import { languageOf } from "../text";
import { layout } from "./layout";
import { PAGE_TEXT } from "./text";

/** For links whose session or intent is unknown or over. */
export async function notFound(request: BrowserRequest): Promise<BrowserAnswer> {
  const language = languageOf(request.language ?? "");
  const text = PAGE_TEXT[language];
  const body = html`<main><h1>${text.notFound}</h1><p class="muted">${text.notFoundHint}</p></main>`;
  return page(await layout({ language, text, title: text.notFound, body }), { status: 404, framed: true });
}
