import type { BrowserAnswer } from "../../browser-api";
import { html } from "../html";
import { detailsSection } from "./details";
import { invoicesSection } from "./invoices";
import { methodsSection } from "./methods";
import { doneText, notice } from "./notices";
import { plansSection } from "./plans";
import { portalPage, type Visit } from "./visit";

/** The first page: everything the configuration lets the customer see and do. */
export function overview(visited: Visit): Promise<BrowserAnswer> {
  const { text, configuration } = visited;
  const { features } = configuration;
  const main = html`<h1>${text.portalTitle}</h1>
${notice(visited)}
${plansSection(visited)}
${features.payment_method_update.enabled && methodsSection(visited)}
${features.customer_update.enabled && detailsSection(visited)}
${features.invoice_history.enabled && invoicesSection(visited)}`;
  return portalPage(visited, text.portalTitle, main);
}

/** Where a flow ends that was to end with a confirmation of ours. */
export function hostedConfirmation(visited: Visit): Promise<BrowserAnswer> {
  const { text, session } = visited;
  const message = session.flow?.after_completion.hosted_confirmation?.custom_message;
  const main = html`<h1>${text.allDone}</h1><p role="status">${doneText(visited)}</p>${message && html`<p>${message}</p>`}
<p class="muted">${text.goBackHint}</p>`;
  return portalPage(visited, text.allDone, main);
}

/** For a session that was opened too long ago. */
export function expiredPage(visited: Visit): Promise<BrowserAnswer> {
  const { text } = visited;
  const main = html`<h1>${text.sessionExpired}</h1><p class="muted">${text.sessionExpiredHint}</p>`;
  return portalPage(visited, text.sessionExpired, main, 404);
}
