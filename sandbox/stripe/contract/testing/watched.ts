import type Stripe from "stripe";
import { expect } from "vitest";
import type { Exchange, Inspector } from "../../http/inspector";
import { startChecked } from "../../testing/checked";
import { chargeOffSession, clientFor, customerWith } from "../../testing/stand-in";

/** What a stand-in said in the course of a payment and of a customer's life, as it was on the wire. */
export interface Watched {
  events: Stripe.Event[];
  exchange(method: string, path: string): Exchange;
  event(type: string): Stripe.Event;
}

export async function watched(): Promise<Watched> {
  const exchanges: Exchange[] = [];
  const events: Stripe.Event[] = [];
  const inspector: Inspector = {
    answered: (exchange) => exchanges.push(exchange),
    emitted: (event) => events.push(JSON.parse(JSON.stringify(event)) as Stripe.Event),
  };
  const standin = await startChecked({ inspector });
  const stripe = clientFor(standin.url, standin.secretKey);
  const saved = await customerWith(stripe, "pm_card_visa");
  const { id } = await chargeOffSession(stripe, saved);
  await stripe.paymentIntents.retrieve(id, { expand: ["latest_charge", "customer"] });
  await stripe.customers.list({ limit: 3 });
  await stripe.customers.update(saved.customer, { name: "Acme", metadata: { team: "robots" } });
  await stripe.customers.del(saved.customer);
  await stripe.customers.retrieve(saved.customer);
  await standin.close();
  const given = <T>(thing: T | undefined): T => thing ?? expect.fail("was not seen");
  return {
    events,
    exchange: (method, path) =>
      given(exchanges.find((exchange) => exchange.method === method && exchange.path.startsWith(path))),
    event: (type) => given(events.find((event) => event.type === type)),
  };
}
