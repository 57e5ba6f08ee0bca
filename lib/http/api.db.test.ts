import { sql as query } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { withTenant } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { newId, type TenantId } from "@/lib/ids";
import { ENDPOINTS } from "./registry";
import { type Answered, call, company, person, routePaths } from "./testing";

const { sql } = useTestDatabase();

function expectProblem(answer: Answered, status: number, code: string) {
  expect({ status: answer.status, code: answer.body?.code }).toEqual({ status, code });
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("x-request-id")).toBe(answer.body.requestId);
  expect(Object.keys(answer.body).sort()).toEqual(["code", "detail", "errors", "requestId", "status", "title", "type"]);
  expect(answer.body.type).toBe(`http://localhost:3010/docs/api#${code}`);
}

test("every endpoint has its route, and every route its endpoints", () => {
  const routed = routePaths().filter((each) => each !== "/" && !each.includes("..."));
  expect([...new Set(ENDPOINTS.map((each) => each.path))].sort()).toEqual(routed.sort());
});

test("an unknown path is a problem too", async () => {
  expectProblem(await call("GET", "/nothing/here"), 404, "not_found");
  expectProblem(await call("DELETE", "/balance/nothing"), 404, "not_found");
});

test("an id that no row can have is the id of nothing", async () => {
  const token = await (await company()).token("admin");
  const escapes = ["%00", "pm_a%00b", "%C3%A4", "x".repeat(300)];
  for (const id of escapes) expectProblem(await call("DELETE", `/payment-methods/${id}`, { token }), 404, "not_found");
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

  test("a cookie whose escapes stand for nothing is none", async () => {
    const { people } = await company();
    expectProblem(await call("GET", "/balance", { cookie: "next-auth.session-token=%zz" }), 401, "unauthenticated");
    const choice = `${people.member.cookie}; evenkeel_tenant=%`;
    expect((await call("GET", "/balance", { cookie: choice })).status).toBe(200);
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
    const nobody = { tenantId: "" as TenantId, role: "member", userId: null, actor: "nobody", scopes: [] } as const;
    const seen = (table: string, column: string) =>
      withTenant(nobody, (tx) => tx.execute(`select ${column} from ${table}`));
    for (const table of ["tenants", "memberships", "api_tokens", "ledger_accounts", "recharge_rules", "users"])
      expect({ table, rows: [...(await seen(table, table === "users" ? "user_id" : "tenant_id"))] }).toEqual({
        table,
        rows: [],
      });
  });

  test("what decisions are made of is shown of the own tenant alone, whatever others are named", async () => {
    const [ours, theirs] = [await company(), await company()];
    const both = [theirs.tenantId, ours.tenantId];
    const scope = { tenantId: ours.tenantId, role: "member", userId: null, actor: "nobody", scopes: [] } as const;
    const seen = await withTenant(scope, (tx) =>
      tx.execute(query`select tenant_id from recharge_setups(${query.param(both)}::uuid[], now(), true)`),
    );
    expect([...seen]).toEqual([{ tenant_id: ours.tenantId }]);
  });

  test("balances that are read together are each one's own", async () => {
    const companies = await Promise.all([1, 2, 3].map(() => company()));
    for (const [which, { tenantId }] of companies.entries())
      await sql`update ledger_accounts set floor_minor = ${1_000 * (which + 1)}
        where tenant_id = ${tenantId}::uuid and account = 'prepaid'`;
    const jwts = await Promise.all(companies.map(({ token }) => token("member")));
    const calls = Array.from({ length: 60 }, (_, nth) => nth % companies.length);
    const answers = await Promise.all(calls.map((which) => call("GET", "/balance", { token: jwts[which] ?? "" })));
    expect(answers.map(({ body }) => [body.tenantId, body.floor])).toEqual(
      calls.map((which) => [companies[which]?.tenantId, `${10 * (which + 1)}.00`]),
    );
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
