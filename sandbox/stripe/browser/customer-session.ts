import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../browser-api";
import { json, stripeError } from "./answers";

/** What the Payment Element asks about its customer session: the methods to show, and to take one away. */
export function customerSession({ method, url, form }: BrowserRequest, stripe: BrowserApi): BrowserAnswer {
  const given = method === "POST" ? form : url.searchParams;
  const secret = given.get("customer_session_client_secret") ?? "";
  try {
    if (given.get("key") !== stripe.publishableKey)
      return json({ error: { type: "invalid_request_error", message: "Invalid API Key provided." } }, 401);
    if (url.pathname.endsWith("/remove")) stripe.removeSaved(secret, given.get("payment_method") ?? "");
    return json(stripe.customerFeatures(secret));
  } catch (thrown) {
    const error = stripeError(thrown);
    if (!error) throw thrown;
    return json({ error }, 400);
  }
}
