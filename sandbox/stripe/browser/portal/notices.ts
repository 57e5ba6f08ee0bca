import { intentIdOf } from "../api-client";
import { type Html, html } from "../html";
import type { Visit } from "./visit";

const GOOD = ["added", "removed", "madeDefault"] as const;

/** What the last step did, from the query of the address it led to. */
export function notice({ request, text, home, language }: Visit): Html | null {
  const { searchParams } = request.url;
  const done = searchParams.get("done");
  const good = GOOD.find((key) => key === done);
  if (good) return html`<p class="notice" role="status">${text[good]}</p>`;
  if (done === "notAdded") return html`<p class="notice bad" role="alert">${text.notAdded}</p>`;
  const pending = searchParams.get("pending");
  if (!pending) return null;
  const secret = new URLSearchParams({ client_secret: pending });
  const query = new URLSearchParams({
    client_secret: pending,
    return_to: `${home}/finished?${secret}`,
    locale: language,
  });
  const address = `/microdeposits/${encodeURIComponent(intentIdOf(pending))}?${query}`;
  return html`<p class="notice" role="status">${text.pending} <a href="${address}">${text.confirmNow}</a></p>`;
}
