import type Stripe from "stripe";
import type { BrowserAnswer, BrowserApi, BrowserRequest } from "../../browser-api";
import { seeOther, stripeError } from "../answers";
import { notFound } from "../pages/not-found";
import { addMethod } from "./add-method";
import { cancel, renew } from "./cancel";
import { changePlan } from "./change-plan";
import { confirmPlan } from "./confirm-plan";
import { details } from "./details";
import { finish } from "./finish";
import { expiredPage, hostedConfirmation, overview } from "./overview";
import { pausePlan, resumePlan } from "./pause-plan";
import { ownSubscription, type Visit, visit } from "./visit";

type Feature = keyof Stripe.BillingPortal.Configuration.Features;
type Step = (visited: Visit) => Promise<BrowserAnswer> | BrowserAnswer;

/** A method the session's customer owns: nobody may touch another's through their own session. */
function ownMethod({ request, stripe, session }: Visit): string | null {
  const id = request.form.get("method");
  return stripe.listMethods(session.customer).some((method) => method.id === id) ? id : null;
}

function change(visited: Visit, done: "madeDefault" | "removed"): BrowserAnswer {
  const { stripe, session, home, request } = visited;
  const method = request.method === "POST" ? ownMethod(visited) : null;
  if (!method) return seeOther(home);
  if (done === "removed") stripe.detach(method);
  else stripe.setDefault(session.customer, method);
  return seeOther(`${home}?done=${done}`);
}

/** Back from the bank's question. */
function finished(visited: Visit): BrowserAnswer {
  const intent = visited.stripe.retrieveIntent(visited.request.url.searchParams.get("client_secret") ?? "");
  return intent.object === "setup_intent" ? finish(visited, intent) : seeOther(visited.home);
}

/** Steps by their path, each with the feature of the configuration that allows it. */
const STEPS: Record<string, [Feature | null, Step]> = {
  "": [null, overview],
  done: [null, hostedConfirmation],
  finished: [null, finished],
  card: ["payment_method_update", (visited) => addMethod(visited, "card")],
  bank: ["payment_method_update", (visited) => addMethod(visited, "bank")],
  default: ["payment_method_update", (visited) => change(visited, "madeDefault")],
  remove: ["payment_method_update", (visited) => change(visited, "removed")],
  details: ["customer_update", details],
};

const SUBSCRIPTION_STEPS: Record<
  string,
  [Feature, (visited: Visit, subscription: Stripe.Subscription) => Promise<BrowserAnswer>]
> = {
  cancel: ["subscription_cancel", cancel],
  renew: ["subscription_cancel", renew],
  update: ["subscription_update", changePlan],
  confirm: ["subscription_update", confirmPlan],
  pause: ["subscription_pause", pausePlan],
  resume: ["subscription_pause", resumePlan],
};

/** The step a flow begins with. */
function flowStep({ session }: Visit): string {
  const { flow } = session;
  if (!flow) return "";
  if (flow.type === "payment_method_update") return "card";
  if (flow.type === "customer_update") return "details";
  if (flow.subscription_cancel) return `subscriptions/${flow.subscription_cancel.subscription}/cancel`;
  if (flow.subscription_pause) return `subscriptions/${flow.subscription_pause.subscription}/pause`;
  if (flow.subscription_update) return `subscriptions/${flow.subscription_update.subscription}/update`;
  if (flow.subscription_update_confirm) return `subscriptions/${flow.subscription_update_confirm.subscription}/confirm`;
  return "";
}

async function perform(visited: Visit, path: string): Promise<BrowserAnswer> {
  const { features } = visited.configuration;
  const [, id = "", name = ""] = /^subscriptions\/(\w+)\/(\w+)$/.exec(path) ?? [];
  const onSubscription = Object.hasOwn(SUBSCRIPTION_STEPS, name) ? SUBSCRIPTION_STEPS[name] : undefined;
  if (onSubscription) {
    const [feature, step] = onSubscription;
    return features[feature].enabled ? step(visited, ownSubscription(visited, id)) : notFound(visited.request);
  }
  const [feature, step] = (Object.hasOwn(STEPS, path) ? STEPS[path] : undefined) ?? [];
  return step && (!feature || features[feature].enabled) ? step(visited) : notFound(visited.request);
}

/** The Customer Portal of one session: plain pages and forms that need no scripts. @param path below the session */
export async function portal(
  request: BrowserRequest,
  stripe: BrowserApi,
  id: string,
  path: string,
): Promise<BrowserAnswer> {
  try {
    const visited = visit(request, stripe, id);
    if (visited.expired) return await expiredPage(visited);
    const begins = path === "" && request.url.search === "";
    return await perform(visited, begins ? flowStep(visited) : path);
  } catch (thrown) {
    if (!stripeError(thrown)) throw thrown;
    return notFound(request);
  }
}
