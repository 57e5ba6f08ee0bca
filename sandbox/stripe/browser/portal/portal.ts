import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../../browser-api";
import { seeOther, stripeError } from "../answers";
import { notFound } from "../pages/not-found";
import { addBank } from "./add-bank";
import { addCard } from "./add-card";
import { finish } from "./finish";
import { overview } from "./overview";
import { type Visit, visit } from "./visit";

/** A method the session's customer owns: nobody may touch another's through their own session. */
function ownMethod({ request, stripe, session }: Visit): string | null {
  const id = request.form.get("method");
  return stripe.listMethods(session.customerId).some((method) => method.id === id) ? id : null;
}

async function change(visited: Visit, done: "madeDefault" | "removed"): Promise<BrowserAnswer> {
  const { stripe, session, home } = visited;
  const method = ownMethod(visited);
  if (!method) return seeOther(home);
  if (done === "removed") stripe.detach(method);
  else stripe.setDefault(session.customerId, method);
  return seeOther(`${home}?done=${done}`);
}

/** Back from the bank's question. */
function finished(visited: Visit): BrowserAnswer {
  const intent = visited.stripe.retrieveIntent(visited.request.url.searchParams.get("client_secret") ?? "");
  return intent.object === "setup_intent" ? finish(visited, intent) : seeOther(visited.home);
}

/** The Customer Portal of one session: plain pages and forms that need no scripts. @param step path below the session */
export async function portal(
  request: BrowserRequest,
  stripe: BrowserApi,
  id: string,
  step: string,
): Promise<BrowserAnswer> {
  try {
    const visited = visit(request, stripe, id);
    const posted = request.method === "POST";
    if (step === "card") return await addCard(visited);
    if (step === "bank") return await addBank(visited);
    if (step === "finished") return finished(visited);
    if (step === "default" && posted) return await change(visited, "madeDefault");
    if (step === "remove" && posted) return await change(visited, "removed");
    if (step !== "") return await notFound(request);
    const opensForm = visited.session.flow?.type === "payment_method_update" && request.url.search === "";
    return await (opensForm ? addCard(visited) : overview(visited));
  } catch (thrown) {
    if (!stripeError(thrown)) throw thrown;
    return notFound(request);
  }
}
