import { intentIdOf } from "../api-client";
import { type Html, html } from "../html";
import { day } from "../pages/format";
import { endsAt } from "./plans";
import type { Done, Visit } from "./visit";

const GOOD: readonly Done[] = [
  "added",
  "removed",
  "madeDefault",
  "detailsSaved",
  "canceled",
  "canceledAtEnd",
  "renewed",
  "updated",
  "paused",
  "resumed",
];

/** What was done, in words; null when the query names nothing that could have been. */
export function doneText({ request, text, language, stripe }: Visit): string | null {
  const { searchParams } = request.url;
  const done = GOOD.find((key) => key === searchParams.get("done"));
  if (!done) return null;
  const subscription = stripe.account.tables.subscriptions.get(searchParams.get("subscription") ?? "");
  const end = subscription && endsAt(subscription);
  if (done === "canceledAtEnd") return end ? text.canceledAtEnd.replace("{date}", day(end, language)) : text.canceled;
  return text[done];
}

/** What the last step did, from the query of the address it led to. */
export function notice(visited: Visit): Html | null {
  const { request, text, home, language } = visited;
  const { searchParams } = request.url;
  const good = doneText(visited);
  if (good) return html`<p class="notice" role="status">${good}</p>`;
  if (searchParams.get("done") === "notAdded") return html`<p class="notice bad" role="alert">${text.notAdded}</p>`;
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
