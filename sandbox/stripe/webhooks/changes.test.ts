import { expect, test } from "vitest";
import { standIn } from "../testing/stand-in";
import { changedMembers } from "./changes";

test("only what changed is told, of objects inside as well; what is new was null", () => {
  const before = { id: "x", name: "a", metadata: { kept: "1", old: "2" }, list: [1, 2], settings: null };
  const after = { id: "x", name: "b", metadata: { kept: "1", fresh: "3" }, list: [1, 3], settings: { a: 1 } };
  expect(changedMembers(before, after)).toEqual({
    name: "a",
    metadata: { old: "2", fresh: null },
    list: [1, 2],
    settings: null,
  });
});

test("as an event tells it", async () => {
  const { stripe } = await standIn();
  const { id } = await stripe.customers.create({ metadata: { plan: "free", seats: "1" } });
  await stripe.customers.update(id, { metadata: { plan: "pro" }, invoice_settings: { footer: "Thanks" } });
  const [event] = (await stripe.events.list({ type: "customer.updated" })).data;
  expect(event?.data.previous_attributes).toEqual({ metadata: { plan: "free" }, invoice_settings: { footer: null } });
});
