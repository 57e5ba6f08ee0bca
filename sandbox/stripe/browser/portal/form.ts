import type { BrowserAnswer } from "../../browser-api";
import type { Problems, Sheet } from "../hosted/input";
import { type Html, html } from "../html";
import { portalPage, type Visit } from "./visit";

export function sheetOf({ language, request }: Visit, problems: Problems | null): Sheet {
  return { language, form: request.form, problems };
}

/** Where "cancel" leads: out of a flow, else to the first page. */
export function wayOut({ session, home }: Visit): string | null {
  return session.flow ? session.return_url : home;
}

/** A page with one form, its fields and what went wrong with them. */
export function formPage(
  visited: Visit,
  options: {
    title: string;
    /** Path below the session that the form is sent to. */
    step: string;
    fields: Html;
    problems: Problems | null;
    submit?: string;
    /** Name of the way out, where "cancel" would mean something else. */
    leave?: string;
    before?: Html;
    after?: Html;
    look?: string;
  },
): Promise<BrowserAnswer> {
  const { home, text } = visited;
  const { title, step, fields, problems, submit = text.save, leave = text.cancel, before, after, look = "" } = options;
  const cancel = wayOut(visited);
  const main = html`<h1>${title}</h1>
${problems?.message && html`<p class="notice bad" role="alert">${problems.message}</p>`}
${before}
<form method="post" action="${home}/${step}" class="surface pad form ${look}" novalidate>
${fields}
<div class="wide actions"><button class="button">${submit}</button>${cancel && html`<a class="button plain" href="${cancel}">${leave}</a>`}</div>
</form>
${after}`;
  return portalPage(visited, title, main, problems?.status);
}
