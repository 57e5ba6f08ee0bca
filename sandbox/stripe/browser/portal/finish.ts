import type Stripe from "stripe";
import type { BrowserAnswer } from "../../browser-api";
import { seeOther } from "../answers";
import { leave, type Visit } from "./visit";

/**
 * Where to go after a method was given: to the bank's question, to the amounts still to be confirmed, or back. A first method
 * becomes the default, and so does the one of a `payment_method_update` flow (docs.stripe.com/customer-management/portal-deep-links).
 */
export function finish(visited: Visit, intent: Stripe.SetupIntent): BrowserAnswer {
  const { stripe, session, home } = visited;
  const secret = intent.client_secret ?? "";
  if (intent.status === "requires_action") {
    const query = new URLSearchParams({ client_secret: secret });
    if (intent.next_action?.type === "verify_with_microdeposits")
      return seeOther(`${home}?${new URLSearchParams({ pending: secret })}`);
    query.set("return_to", `${home}/finished?${query}`);
    query.set("locale", visited.language);
    return seeOther(`/challenge/${encodeURIComponent(intent.id)}?${query}`);
  }
  if (intent.status !== "succeeded") return seeOther(`${home}?done=notAdded`);
  const method = typeof intent.payment_method === "string" ? intent.payment_method : intent.payment_method?.id;
  const updating = session.flow?.type === "payment_method_update";
  if (method && (updating || !stripe.defaultMethod(session.customer))) stripe.setDefault(session.customer, method);
  return leave(visited, "added");
}
