import { readFileSync } from "node:fs";
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { failure, standIn } from "../testing/stand-in";
import EVENT_TYPES from "./event-types.json" with { type: "json" };

test("an endpoint asks for events that Stripe sends", async () => {
  const { stripe } = await standIn();
  const url = "http://127.0.0.1:9/";
  const asked = (...names: string[]) => names as Stripe.WebhookEndpointCreateParams.EnabledEvent[];
  const refused = await failure(
    stripe.webhookEndpoints.create({ url, enabled_events: asked("invoice.paid", "customer.foo") }),
  );
  expect(refused).toMatchObject({ statusCode: 400, param: "enabled_events[1]" });
  expect(refused.message).toMatch(/^Invalid enabled_events\[1\]: must be one of /);
  const { id } = await stripe.webhookEndpoints.create({ url, enabled_events: asked("*") });
  const changed = stripe.webhookEndpoints.update(id, { enabled_events: asked("customer.foo") });
  expect((await failure(changed)).param).toBe("enabled_events[0]");
});

test("the events are those of the SDK", () => {
  const types = readFileSync("node_modules/stripe/esm/resources/WebhookEndpoints.d.ts", "utf8");
  const [, union = ""] = /type EnabledEvent = (.*);/.exec(types) ?? [];
  expect([...union.matchAll(/'([^']+)'/g)].map(([, name]) => name)).toEqual(EVENT_TYPES);
});
