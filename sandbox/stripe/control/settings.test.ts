import { afterEach, describe, expect, test } from "vitest";
import { setClockForTests } from "@/lib/clock";
import { clientFor, failure, NO_REDIRECTS, standIn } from "../testing/stand-in";

afterEach(() => setClockForTests(null));

describe("a search that lags", () => {
  const query = 'metadata["attempt"]:"a-1"';

  test("does not know what was written a moment ago, as at Stripe", async () => {
    setClockForTests("2030-03-04T15:00:00Z");
    const { stripe, control, advance } = await standIn();
    await control("POST settings", { searchLagMs: 60_000 });
    const intent = await stripe.paymentIntents.create({ amount: 100, currency: "usd", metadata: { attempt: "a-1" } });
    const found = async () => (await stripe.paymentIntents.search({ query })).data.map(({ id }) => id);
    expect(await found()).toEqual([]);
    await advance("59s");
    expect(await found()).toEqual([]);
    await advance("1s");
    expect(await found()).toEqual([intent.id]);
    // A change is not known either, but what is answered is the object as it is.
    await stripe.paymentIntents.update(intent.id, { metadata: { attempt: "a-2" } });
    expect((await stripe.paymentIntents.search({ query })).data).toMatchObject([{ metadata: { attempt: "a-2" } }]);
    await advance("1m");
    expect(await found()).toEqual([]);
  });

  test("is up to date at once unless it is asked for, and counts when it is told to", async () => {
    const { stripe, control } = await standIn();
    for (let turn = 0; turn < 3; turn++)
      await stripe.paymentIntents.create({ amount: 100, currency: "usd", metadata: { attempt: "a-1" } });
    const page = await stripe.paymentIntents.search({ query, limit: 2, expand: ["total_count"] });
    expect([page.data.length, page.has_more, page.total_count]).toEqual([2, true, 3]);
    expect(await control("GET settings")).toMatchObject({ searchLagMs: 0, rateLimits: null, payouts: "automatic" });
    await expect(control("POST settings", { searchLag: 1 })).rejects.toThrow("400");
  });
});

describe("rate limits", () => {
  test("25 a second by default, told with their reason, before any key is looked at", async () => {
    const { stripe, control } = await standIn();
    const first = await stripe.customers.create({}, { idempotencyKey: "k" });
    await control("POST settings", { rateLimits: true });
    const calls = await Promise.allSettled(Array.from({ length: 40 }, () => stripe.customers.list()));
    const refused = calls.filter((call) => call.status === "rejected");
    expect(refused.length).toBeGreaterThan(5);
    const error = await failure(stripe.customers.create({}, { idempotencyKey: "k" }));
    expect(error).toMatchObject({ type: "StripeRateLimitError", statusCode: 429, code: "rate_limit" });
    expect(error.headers?.["stripe-rate-limited-reason"]).toBe("global-rate");
    await control("POST settings", { rateLimits: false });
    expect((await stripe.customers.create({}, { idempotencyKey: "k" })).id).toBe(first.id);
  });

  test("for each address, and 1,000 updates of one intent in an hour", async () => {
    setClockForTests("2030-03-04T15:00:00Z");
    const { stripe, control, advance } = await standIn();
    const { id } = await stripe.paymentIntents.create({ amount: 100, currency: "usd" });
    await control("POST settings", { rateLimits: { globalPerSecond: 100_000, endpointPerSecond: 3 } });
    const lists = await Promise.allSettled(Array.from({ length: 6 }, () => stripe.customers.list()));
    const [reason] = lists.flatMap((call) => (call.status === "rejected" ? [call.reason] : []));
    expect(reason).toMatchObject({ headers: { "stripe-rate-limited-reason": "endpoint-rate" } });
    expect((await stripe.charges.list()).data).toEqual([]);

    await control("POST settings", { rateLimits: { globalPerSecond: 100_000, endpointPerSecond: 100_000 } });
    for (let turn = 0; turn < 20; turn++)
      await Promise.all(
        Array.from({ length: 50 }, () => stripe.paymentIntents.update(id, { metadata: { turn } }).catch(() => null)),
      );
    const error = await failure(stripe.paymentIntents.update(id, { metadata: { turn: 0 } }));
    expect(error.headers?.["stripe-rate-limited-reason"]).toBe("resource-specific");
    await advance("61m");
    expect((await stripe.paymentIntents.update(id, { metadata: { turn: 1 } })).metadata).toEqual({ turn: "1" });
  }, 60_000);
});

test("versions: the release it is written for, and no other", async () => {
  const { stripe, url, secretKey } = await standIn();
  const withVersion = async (version: string) => {
    const headers = { authorization: `Bearer ${secretKey}`, "stripe-version": version };
    const response = await fetch(`${url}/v1/customers`, { headers });
    const body = (await response.json()) as { error?: { code?: string; message: string } };
    return { status: response.status, version: response.headers.get("stripe-version"), ...body };
  };
  expect(await withVersion("2026-09-30.endive")).toMatchObject({ status: 200, version: "2026-09-30.endive" });
  expect(await withVersion("2024-06-20")).toMatchObject({ status: 501, error: { code: "standin_unsupported" } });
  expect(await withVersion("yesterday")).toMatchObject({ status: 400 });

  const endpoint = { url: "http://127.0.0.1:9/", enabled_events: ["*" as const] };
  const known = await stripe.webhookEndpoints.create({ ...endpoint, api_version: "2026-09-30.endive" });
  expect(known.api_version).toBe("2026-09-30.endive");
  const older = await failure(stripe.webhookEndpoints.create({ ...endpoint, api_version: "2024-06-20" }));
  expect(older).toMatchObject({ statusCode: 501, param: "api_version" });
});

test("a header of Connect is refused, not ignored", async () => {
  const { stripe } = await standIn();
  const error = await failure(stripe.customers.list({}, { stripeAccount: "acct_1" }));
  expect(error).toMatchObject({ statusCode: 501, code: "standin_unsupported" });
});

test("refusals in the course of the work belong to their key, mistakes in the parameters do not", async () => {
  const { stripe, url, secretKey } = await standIn();
  const held = await stripe.paymentIntents.create({ amount: 100, currency: "usd" });
  const capture = () => failure(stripe.paymentIntents.capture(held.id, {}, { idempotencyKey: "early" }));
  expect((await capture()).code).toBe("payment_intent_unexpected_state");
  const again = await capture();
  expect([again.code, again.headers?.["idempotent-replayed"]]).toEqual(["payment_intent_unexpected_state", "true"]);

  const retried = clientFor(url, secretKey);
  const create = (amount: number) =>
    retried.paymentIntents.create(
      {
        amount,
        currency: "usd",
        confirm: true,
        payment_method: "pm_card_visa",
        automatic_payment_methods: NO_REDIRECTS,
      },
      { idempotencyKey: "typo" },
    );
  expect((await failure(create(1))).code).toBe("amount_too_small");
  expect((await create(100)).status).toBe("succeeded");
});
