import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readSources } from "../../../scripts/structure/sources";
import { PARAMETER_LIST, stripeTakes } from "../http/stripe-parameters";
import { ROUTES } from "../routes";
import { ContractCache } from "./cache";
import { compareNames, unserved } from "./coverage";
import { listParameters } from "./parameter-names";

const cache = await ContractCache.open();

test("every route is at an address of Stripe's and takes no parameter that Stripe does not have", () => {
  expect(compareNames(ROUTES, cache).filter(({ madeUp }) => madeUp.length > 0)).toEqual([]);
});

test("a route of our own invention, and a parameter of it, are found", () => {
  const own = (path: string) => ({ method: "POST", pattern: path.split("/"), publishable: false, run: () => ({}) });
  const invented = { ...own("v1/payment_intents/:id/rewind"), takes: ["speed"] };
  const embellished = { ...own("v1/payment_intents"), takes: ["amount", "colour"] };
  expect(compareNames([invented, embellished], cache).map(({ madeUp }) => madeUp)).toEqual([["speed"], ["colour"]]);
});

test("what is not served is known by name", () => {
  const names = unserved([], cache).map(({ method, path }) => `${method} ${path}`);
  expect(names).toContain("POST /v1/payment_intents/:id/confirm");
  expect(names).not.toContain("POST /v1/issuing/cards");
  expect(unserved(ROUTES, cache).length).toBeLessThan(names.length / 4);
});

test("the list of Stripe's parameters is that of the installed package", () => {
  // Out of date after an update: npx tsx sandbox/stripe/contract/write-parameters.ts
  const list = listParameters(cache.addresses(), (name) => cache.schema(name));
  expect(list.split("\n")).toEqual(readFileSync(PARAMETER_LIST, "utf8").split("\n"));
});

test.each<[string, string, boolean]>([
  ["POST /v1/payment_intents", "transfer_data[destination]", true],
  ["POST /v1/payment_intents/:intent/confirm", "payment_method_options[affirm][capture_method]", true],
  ["POST /v1/subscriptions", "items[0][price_data][recurring][interval]", true],
  ["POST /v1/subscriptions", "items[0][price_date]", false],
  ["POST /v1/payment_intents", "payment_method_types", false],
  ["POST /v1/imaginary", "amount", false],
])("%s has a parameter %s: %s", (address, parameter, expected) => {
  expect(stripeTakes(address, parameter)).toBe(expected);
});

test("no test starts a stand-in that is not watched", () => {
  const watching = ["cli/try-trigger.ts", "main.ts", "server.ts", "testing/checked.ts"];
  const sources = readSources(path.resolve(import.meta.dirname, "../../.."));
  const starting = sources.filter(({ text }) => /\bstartStripe\(/.test(text)).map(({ file }) => file);
  expect(starting.filter((file) => file !== "sandbox/stripe/contract/coverage.test.ts").sort()).toEqual(
    watching.map((file) => `sandbox/stripe/${file}`),
  );
});
