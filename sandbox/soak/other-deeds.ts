import { now } from "@/lib/clock";
import { sessionCookie } from "../demo/warm";
import type { Act, Scene } from "./act";
import { PASSWORD } from "./tenants";

const CARDS = ["pm_card_visa", "pm_card_mastercard", "pm_card_amex", "pm_card_discover", "pm_card_visa_debit"];
const DECLINES = ["insufficient_funds", "generic_decline", "do_not_honor"];
const PAGES = ["/", "/transactions", "/auto-recharge", "/payment-methods", "/invoices"];
const FAULTS = [
  { do: "reset_before" },
  { do: "reset_after" },
  { do: "status", status: 500 },
  { do: "status", status: 429 },
  { delayMs: 3_000 },
];

/** Whatever may end a pause is noted, as in the simulator. */
const freshStart = ({ of }: Scene) => void of.tenant.freshStartsMs.push(now().getTime());

export const card: Act = (scene) => {
  const { random, of } = scene;
  const literal = random.pick(CARDS);
  return async () => {
    freshStart(scene);
    const { id } = await attach(scene, literal);
    await of.client("card").setDefaultPaymentMethod(id, {});
    of.methods.push(id);
  };
};

async function attach({ of }: Scene, literal: string): Promise<{ id: string }> {
  const answer = await of.client("card").addPaymentMethod({ paymentMethodId: literal });
  if (!("id" in answer)) throw new Error(`${literal} was not attached`);
  return answer;
}

async function rehearse(stripeUrl: string, what: string, body: unknown): Promise<void> {
  const answer = await fetch(`${stripeUrl}/_sandbox/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the stand-in refused ${what}: ${await answer.text()}`);
}

/** The bank says no once; soon afterwards the customer gives another card, as people do who are told. */
export const decline: Act = (scene) => {
  const declineCode = scene.random.pick(DECLINES);
  const again = card(scene);
  const waitMs = scene.random.between(15, 60) * 1_000;
  return async () => {
    const paymentMethod = scene.of.methods.at(-1);
    if (!paymentMethod) return;
    await rehearse(scene.stripeUrl, "declines", { paymentMethod, declineCode, times: 1 });
    await new Promise((later) => setTimeout(later, waitMs));
    await again();
  };
};

/** The next payments or refunds meet a Stripe that is unwell. */
export const fault: Act = ({ random, stripeUrl }) => {
  const path = random.chance(0.8) ? "/v1/payment_intents*" : "/v1/refunds*";
  const body = { match: { method: "POST", path }, times: random.between(1, 2), ...random.pick(FAULTS) };
  return () => rehearse(stripeUrl, "faults", body);
};

export const signIn: Act = ({ of, fleet }) => {
  return async () => {
    of.cookie = await sessionCookie(fleet.next(), of.email, PASSWORD).catch(() => of.cookie);
  };
};

export const page: Act = ({ random, of, fleet }) => {
  const path = random.pick(PAGES);
  return async () => {
    if (!of.cookie) return;
    const headers = { cookie: of.cookie };
    const answer = await fleet
      .send("page", new Request(`http://evenkeel.invalid${path}`, { headers }))
      .catch(() => null);
    // Whoever was sent to the sign-in page is signed in again later.
    if (answer && answer.status !== 200) of.cookie = null;
  };
};

export const exported: Act = ({ random, of }) => {
  const format = random.weighted({ csv: 8, xlsx: 1, pdf: 1 });
  return async () => {
    const answer = await of.client(`export ${format}`).exportTransactions(format, {});
    await answer.arrayBuffer();
  };
};
