import { BillingApi } from "./support/billing-api";
import { demo } from "./support/demo";
import { expect, test } from "./support/journey";

/** Next marks everything that goes through it. */
const cameByNext = (answer: Response) => (answer.headers.get("vary") ?? "").includes("rsc");
const ask = (path: string, method = "GET") => fetch(demo().url + path, { method, redirect: "manual" });

const PREVIEW = "/api/v1/billing/balance/auto-recharge/preview";
const TERMS = JSON.stringify({ minBalance: "150.00", targetBalance: "600.00", balance: "-50.00" });

test("the API and health are answered in front of Next, pages and everything else by it", async ({
  page,
  customer,
}) => {
  for (const path of ["/api/v1/billing/balance", "/api/v1/billing/openapi.json", "/api/health", "/api/health/live"])
    expect({ path, next: cameByNext(await ask(path)) }).toEqual({ path, next: false });
  for (const path of ["/sign-in", "/docs/api", "/api/metrics"])
    expect({ path, next: cameByNext(await ask(path)) }).toEqual({ path, next: true });
  const corrected = await ask("/api/v1/billing/balance/");
  expect([corrected.status, corrected.headers.get("location")]).toEqual([308, "/api/v1/billing/balance"]);

  // The session of the browser counts at both doors, and only from our own pages.
  await page.goto("/transactions");
  const own = await page.evaluate(
    async ([path, body]) => {
      const headers = { "content-type": "application/json" };
      return (await fetch(path, { method: "POST", body, headers })).status;
    },
    [PREVIEW, TERMS] as const,
  );
  expect(own).toBe(200);
  expect((await ask("/api/v1/billing/balance")).status).toBe(401);
  const session = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const evil = await fetch(demo().url + PREVIEW, {
    method: "POST",
    body: TERMS,
    headers: { cookie: session, origin: "https://evil.example", "content-type": "application/json" },
  });
  expect(evil.status).toBe(403);
  expect((await customer.balance()).balance).toBe("600.00");
  expect((await new BillingApi({ token: "a.b.c" }).get("/balance")).status).toBe(401);
});

test("what nobody sends in earnest is refused in the API's own words", async () => {
  for (const [method, path, status] of [
    ["PROPFIND", "/api/v1/billing/balance", 405],
    ["PROPFIND", "/sign-in", 405],
    ["GET", "/%ff", 404],
    ["GET", "/api/v1/billing/invoices/%ff", 404],
  ] as const) {
    const answer = await ask(path, method);
    expect({ path, status: answer.status, type: answer.headers.get("content-type") }).toEqual({
      path,
      status,
      type: "application/problem+json",
    });
  }
});

test("what pages load is sent as it was compressed by the build, and is kept by the browser for good", async ({
  page,
}) => {
  await page.goto("/sign-in");
  const path = await page.locator('script[src*="/_next/static/"]').first().getAttribute("src");
  const load = (encoding: string) => fetch(demo().url + path, { headers: { "accept-encoding": encoding } });
  const brotli = await load("gzip, deflate, br");
  const plain = await load("identity");
  expect(brotli.headers.get("content-encoding")).toBe("br");
  expect(brotli.headers.get("vary")).toContain("Accept-Encoding");
  expect(brotli.headers.get("cache-control")).toBe("public,max-age=31536000,immutable");
  expect(brotli.headers.get("content-type")).toMatch(/javascript/);
  expect(Number(brotli.headers.get("content-length"))).toBeLessThan((await plain.clone().text()).length / 2);
  expect(await brotli.text()).toBe(await plain.text());
  expect((await load("gzip")).headers.get("content-encoding")).toBe("gzip");
  expect(
    (await fetch(`${demo().url}/_next/static/chunks/none.js`, { headers: { "accept-encoding": "br" } })).status,
  ).toBe(404);
});
