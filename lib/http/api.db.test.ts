import { describe, expect, test } from "vitest";
import { tenantSql } from "@/db/client";
import { useTestDatabase } from "@/db/testing";
import { newId } from "@/lib/ids";
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
    const loose = tenantSql();
    for (const table of ["tenants", "memberships", "api_tokens", "ledger_accounts", "recharge_rules", "users"]) {
      const columns = table === "users" ? "user_id" : "tenant_id";
      expect({ table, rows: await loose.unsafe(`select ${columns} from ${table}`) }).toMatchObject({ table, rows: [] });
    }
  });

  test("what names its tenant itself does so where none is named, and only for its own statement", async () => {
    const [ours, theirs] = [await company(), await company()];
    const pool = tenantSql();
    const setups = (sql: Pick<typeof pool, "unsafe">, tenantId: string) =>
      sql.unsafe("select * from recharge_setup($1::uuid, now(), true)", [tenantId]);
    expect(await setups(pool, ours.tenantId)).toHaveLength(1);
    expect(await pool`select * from tenants`).toHaveLength(0);
    const seen = await pool.begin(async (tx) => {
      await tx`select set_config('app.tenant_id', ${ours.tenantId}, true)`;
      return [await setups(tx, theirs.tenantId), await setups(tx, ours.tenantId)];
    });
    expect(seen.map((rows) => rows.length)).toEqual([0, 1]);
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
