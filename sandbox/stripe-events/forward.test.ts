import { expect, test } from "vitest";
import { now } from "@/lib/clock";
import { freePort } from "../processes/ports";
import { standIn } from "../stripe/testing/stand-in";
import { webhookInbox } from "../stripe/testing/webhook-inbox";
import { EventForwarder } from "./forward";

test("each event is brought once, signed, oldest first, and again when it was not taken", async () => {
  const { stripe } = await standIn();
  const inbox = await webhookInbox();
  const forwarder = new EventForwarder(stripe, { webhookUrl: inbox.url, secret: inbox.secret });
  for (const name of ["Ann", "Bob"]) await stripe.customers.create({ name });

  inbox.answers.push(200, 500);
  expect(await forwarder.round()).toContain("the app answered 500");
  expect(await forwarder.round()).toBeNull();
  expect(await forwarder.round()).toBeNull();
  const names = inbox.events.map((event) => event.type === "customer.created" && event.data.object.name);
  expect(names).toEqual(["Ann", "Bob", "Bob"]);
});

test("an app that is away is named", async () => {
  const { stripe } = await standIn();
  const inbox = await webhookInbox();
  await stripe.customers.create({ name: "Ann" });
  const away = new EventForwarder(stripe, {
    webhookUrl: `http://127.0.0.1:${await freePort()}/webhooks`,
    secret: inbox.secret,
  });
  expect(await away.round()).toMatch(/customer\.created evt_\w+: .*ECONNREFUSED/);
});

test("events from before the start are left to the backfill", async () => {
  const { stripe } = await standIn();
  const inbox = await webhookInbox();
  await stripe.customers.create({ name: "Ann" });
  const inAnHour = now().getTime() + 3_600_000;
  const forwarder = new EventForwarder(stripe, { webhookUrl: inbox.url, secret: inbox.secret }, inAnHour);
  expect(await forwarder.round()).toBeNull();
  expect(inbox.events).toEqual([]);
});
