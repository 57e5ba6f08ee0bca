import { describe, expect, test } from "vitest";
import { tenantSqlWithoutScope } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { newId } from "@/lib/ids";
import type { Endpoint } from "./endpoint";
import { refusalsOf } from "./refusals";
import { ENDPOINTS } from "./registry";
import { type Answered, call, company, person, routePaths } from "./testing";

const { sql } = useTestDatabase();

const gated = ENDPOINTS.filter((each) => typeof each.access !== "string");
const named = (endpoints: Endpoint[]) => endpoints.map((each) => [`${each.method} ${each.path}`, each] as const);
const target = (endpoint: Endpoint) =>
  endpoint.path.replace("{id}", endpoint.path.startsWith("/payment-methods") ? "pm_unknown" : newId());
const takesBody = (endpoint: Endpoint) =>
  endpoint.method === "POST" || endpoint.method === "PUT" || endpoint.method === "PATCH";
const key = (endpoint: Endpoint) => (endpoint.movesMoney ? newId() : undefined);

function expectProblem(answer: Answered, status: number, code: string) {
  expect({ status: answer.status, code: answer.body?.code }).toEqual({ status, code });
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("x-request-id")).toBe(answer.body.requestId);
  expect(Object.keys(answer.body).sort()).toEqual(["code", "detail", "errors", "requestId", "status", "title", "type"]);
  expect(answer.body.type).toBe(`http://localhost:3010/docs/api#${code}`);
}

/** Whoever may call the endpoint: the weakest token that suffices. */
async function allowed(endpoint: Endpoint, who: Awaited<ReturnType<typeof company>>): Promise<string> {
  if (typeof endpoint.access === "string") throw new Error("open");
  if (endpoint.access.role === "operator") return who.token("operator", [], "operator");
  if (endpoint.access.role === undefined) return who.token("service", [endpoint.access.scope]);
  return who.token(endpoint.access.role === "member" ? "member" : "admin");
}

test("every endpoint has its route, and every route its endpoints", () => {
  const routed = routePaths().filter((each) => each !== "/" && !each.includes("..."));
  expect([...new Set(ENDPOINTS.map((each) => each.path))].sort()).toEqual(routed.sort());
});

describe.each(named(gated))("%s", (_name, endpoint) => {
  test("nobody is let in without a good token", async () => {
    const body = takesBody(endpoint) ? {} : undefined;
    expectProblem(await call(endpoint.method, target(endpoint), { body, key: key(endpoint) }), 401, "unauthenticated");
    expectProblem(
      await call(endpoint.method, target(endpoint), { body, key: key(endpoint), token: "a.b.c" }),
      401,
      "unauthenticated",
    );
  });

  test("a smaller role or another scope is refused", async () => {
    const who = await company();
    const access = endpoint.access;
    const tokens = [
      await who.token("service", [
        typeof access === "object" && access.scope?.startsWith("balance") ? "usage:write" : "usage:read",
      ]),
    ];
    if (typeof access === "object" && access.role !== "member") tokens.push(await who.token("member"));
    if (typeof access === "object" && (access.role === "operator" || access.role === undefined))
      tokens.push(await who.token("admin"));
    for (const token of tokens) {
      expectProblem(
        await call(endpoint.method, target(endpoint), {
          token,
          body: takesBody(endpoint) ? {} : undefined,
          key: key(endpoint),
        }),
        403,
        "forbidden",
      );
    }
  });

  if (takesBody(endpoint)) {
    test("bad input is named and an unknown field refused", async () => {
      const token = await allowed(endpoint, await company());
      const send = (options: object) =>
        call(endpoint.method, target(endpoint), { token, key: key(endpoint), ...options });
      const unknown = await send({ body: { nonsense: 1 } });
      expectProblem(unknown, 422, "invalid_request");
      expect(unknown.body.errors.map((e: { path: string }) => e.path)).toContain("nonsense");
      expectProblem(await send({ raw: "{" }), 400, "malformed_json");
      expectProblem(await send({ raw: "[]" }), 422, "invalid_request");
      expectProblem(
        await send({ raw: "a=b", headers: { "content-type": "text/plain" } }),
        415,
        "unsupported_media_type",
      );
      expectProblem(await send({ raw: `"${"x".repeat(1_100_000)}"` }), 413, "payload_too_large");
    });
  }

  if (endpoint.movesMoney) {
    test("a call that moves money needs a key", async () => {
      const token = await allowed(endpoint, await company());
      expectProblem(
        await call(endpoint.method, target(endpoint), { token, body: {} }),
        400,
        "idempotency_key_required",
      );
      expectProblem(
        await call(endpoint.method, target(endpoint), { token, body: {}, key: "" }),
        400,
        "idempotency_key_invalid",
      );
      expectProblem(
        await call(endpoint.method, target(endpoint), { token, body: {}, key: "x".repeat(256) }),
        400,
        "idempotency_key_invalid",
      );
    });
  }

  if (endpoint.params) {
    test("what is not the tenant's, or no id at all, is not there", async () => {
      const token = await allowed(endpoint, await company());
      const body = takesBody(endpoint) ? {} : undefined;
      expectProblem(
        await call(endpoint.method, target(endpoint), { token, body, key: key(endpoint) }),
        404,
        "not_found",
      );
      expectProblem(
        await call(endpoint.method, endpoint.path.replace("{id}", "no-id"), { token, body, key: key(endpoint) }),
        404,
        "not_found",
      );
    });
  }

  if (endpoint.query) {
    test("limits and cursors are checked", async () => {
      const token = await allowed(endpoint, await company());
      for (const query of [
        "limit=0",
        "limit=101",
        "limit=abc",
        "limit=1.5",
        "cursor=%20bad%20",
        "nonsense=1",
        "limit=5&limit=6",
      ]) {
        expectProblem(await call("GET", `${endpoint.path}?${query}`, { token }), 422, "invalid_request");
      }
      const page = await call("GET", `${endpoint.path}?limit=100`, { token });
      expect({ status: page.status, ...page.body }).toMatchObject({ status: 200, nextCursor: null });
    });
  }

  test("methods that it does not have answer 405", async () => {
    const others = ["GET", "POST", "PUT", "PATCH", "DELETE"].filter(
      (method) => !ENDPOINTS.some((e) => e.path === endpoint.path && e.method === method),
    );
    for (const method of others) {
      const answer = await call(method, target(endpoint));
      expectProblem(answer, 405, "method_not_allowed");
      expect(answer.headers.get("allow")).toContain(endpoint.method);
      expect(answer.headers.get("allow")).not.toContain(method);
    }
  });

  test("its documented refusals are in the closed set", () => {
    expect(refusalsOf(endpoint)).toContain("unauthenticated");
  });
});

test("an unknown path is a problem too", async () => {
  expectProblem(await call("GET", "/nothing/here"), 404, "not_found");
  expectProblem(await call("DELETE", "/balance/nothing"), 404, "not_found");
});

describe("sessions", () => {
  test("let people in by their role, and change things only from our own pages", async () => {
    const { people } = await company();
    expect((await call("GET", "/balance", { cookie: people.member.cookie })).status).toBe(200);
    expectProblem(await call("GET", "/tokens", { cookie: people.member.cookie }), 403, "forbidden");
    const body = { name: "x", role: "member" };
    const evil = { origin: "https://evil.example" };
    expectProblem(
      await call("POST", "/tokens", { cookie: people.admin.cookie, body, headers: evil }),
      403,
      "cross_origin",
    );
    const own = { origin: "http://localhost:3010", "sec-fetch-site": "same-origin" };
    expect((await call("POST", "/tokens", { cookie: people.admin.cookie, body, headers: own })).status).toBe(201);
    // A token is not sent by a browser on its own, so it may come from anywhere.
    expect(
      (await call("GET", "/balance", { token: await (await company()).token("member"), headers: evil })).status,
    ).toBe(200);
  });

  test("another tenant cannot be named, an operator must name one", async () => {
    const [mine, theirs] = [await company(), await company()];
    const named = (tenantId: string) => ({ "evenkeel-tenant": tenantId });
    const cookie = `${mine.people.owner.cookie}; evenkeel_tenant=${theirs.tenantId}`;
    expect((await call("GET", "/balance", { cookie })).body.tenantId).toBe(mine.tenantId);
    expectProblem(
      await call("GET", "/balance", { cookie: mine.people.owner.cookie, headers: named(theirs.tenantId) }),
      404,
      "not_found",
    );
    const opal = await person("operator");
    expectProblem(await call("GET", "/balance", { cookie: opal.cookie }), 403, "forbidden");
    expect(
      (await call("GET", "/balance", { cookie: opal.cookie, headers: named(theirs.tenantId) })).body.tenantId,
    ).toBe(theirs.tenantId);
    expectProblem(await call("GET", "/balance", { cookie: opal.cookie, headers: named(newId()) }), 404, "not_found");
  });
});

describe("tenants stay apart in the database itself", () => {
  test("a query without a scope sees nothing", async () => {
    await company();
    const [owner] = await sql`select count(*)::int as n from tenants`;
    expect(owner?.n).toBeGreaterThan(0);
    const loose = tenantSqlWithoutScope();
    for (const table of ["tenants", "memberships", "api_tokens", "ledger_accounts", "recharge_rules", "users"]) {
      const columns = table === "users" ? "user_id" : "tenant_id";
      expect({ table, rows: await loose.unsafe(`select ${columns} from ${table}`) }).toMatchObject({ table, rows: [] });
    }
  });

  test("every table with a tenant has row level security and a policy", async () => {
    const unprotected = await sql`
      select c.relname from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and not (c.relrowsecurity and exists (select 1 from pg_policy p where p.polrelid = c.oid))`;
    expect(unprotected.map((row) => row.relname)).toEqual([]);
  });
});
