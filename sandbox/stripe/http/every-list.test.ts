import { describe, expect, test } from "vitest";
import { ROUTES } from "../routes";
import { clientFor, standIn } from "../testing/stand-in";

/** Lists that are asked for something they belong to. */
const NEED: Record<string, Record<string, string>> = {
  "/v1/billing/credit_balance_transactions": { customer: "" },
  "/v1/setup_attempts": { setup_intent: "seti_none" },
  "/v1/subscription_items": { subscription: "sub_none" },
};
/** Objects without a time of creation, or without a filter by it. */
const WITHOUT_CREATED = [
  "/v1/billing/alerts",
  "/v1/billing/credit_balance_transactions",
  "/v1/billing/credit_grants",
  "/v1/billing/meters",
  "/v1/billing_portal/configurations",
  "/v1/entitlements/features",
  "/v1/payment_methods",
  "/v1/subscription_items",
  "/v1/tax_ids",
  "/v1/test_helpers/test_clocks",
  "/v1/webhook_endpoints",
];
const ONE_OBJECT = ["/v1/balance", "/v1/account", "/v1/billing/credit_balance_summary"];

const lists = ROUTES.filter((route) => route.method === "GET" && !route.pattern.some((part) => part.startsWith(":")))
  .map((route) => `/${route.pattern.join("/")}`)
  .filter((path) => !path.endsWith("/search") && !path.includes("/preview") && !ONE_OBJECT.includes(path));

test("there are many lists", () => expect(lists.length).toBeGreaterThan(20));

describe.each(lists)("GET %s", (path) => {
  async function asked() {
    const { url, secretKey } = await standIn();
    const stripe = clientFor(url, secretKey);
    const customer = await stripe.customers.create({});
    const need = Object.fromEntries(
      Object.entries(NEED[path] ?? {}).map(([name, value]) => [
        name,
        value || (name === "customer" ? customer.id : ""),
      ]),
    );
    return async (params: Record<string, string>) => {
      const query = new URLSearchParams({ ...need, ...params });
      const response = await fetch(`${url}${path}?${query}`, { headers: { authorization: `Bearer ${secretKey}` } });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> & { error?: object } };
    };
  }

  test("pages as Stripe's lists do", async () => {
    const ask = await asked();
    if (path === "/v1/subscription_items") return;
    expect((await ask({})).body).toMatchObject({ object: "list", url: path });
    expect((await ask({ limit: "1" })).body).toMatchObject({ object: "list" });
    for (const limit of ["0", "101", "many"])
      expect(await ask({ limit })).toMatchObject({
        status: 400,
        body: { error: { type: "invalid_request_error", param: "limit" } },
      });
    for (const cursor of ["starting_after", "ending_before"])
      expect(await ask({ [cursor]: "obj_none" })).toMatchObject({
        status: 400,
        body: { error: { code: "resource_missing", param: cursor } },
      });
    expect((await ask({ colour: "red" })).body).toMatchObject({
      error: { code: "parameter_unknown", param: "colour" },
    });
  });

  const byCreation = !WITHOUT_CREATED.includes(path);
  test(byCreation ? "filters by creation" : "knows no filter by creation", async () => {
    const ask = await asked();
    if (!byCreation) {
      expect(await ask({ created: "1" })).toMatchObject({
        status: 400,
        body: { error: { code: "parameter_unknown", param: "created" } },
      });
      return;
    }
    expect(await ask({ "created[gt]": "4000000000" })).toMatchObject({ status: 200, body: { data: [] } });
    expect(await ask({ created: "1" })).toMatchObject({ status: 200, body: { data: [] } });
    expect(await ask({ "created[after]": "1" })).toMatchObject({
      status: 400,
      body: { error: { code: "parameter_unknown" } },
    });
  });
});
