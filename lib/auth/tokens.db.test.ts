import { SignJWT } from "jose";
import { afterEach, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests, setClockForTests } from "@/lib/clock";
import { env } from "@/lib/env";
import { call, company, person } from "@/lib/http/testing";
import { newId } from "@/lib/ids";
import { verifyToken } from "./verify-token";

const { sql } = useTestDatabase();
afterEach(() => setClockForTests(null));

const DAY = 86_400_000;
const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString());

test("the JWT names tenant, role, scopes, id and end, and is shown once", async () => {
  const { tenantId, people } = await company();
  const body = { name: "Farm", role: "service", scopes: ["balance:write", "balance:write"], expiresInDays: 30 };
  const made = await call("POST", "/tokens", { cookie: people.admin.cookie, body });
  expect(made).toMatchObject({
    status: 201,
    body: { name: "Farm", role: "service", scopes: ["balance:write"], lastUsedAt: null, revokedAt: null },
  });
  const claims = claimsOf(made.body.token);
  expect(claims).toMatchObject({
    tenant: tenantId,
    role: "service",
    scopes: ["balance:write"],
    jti: made.body.id,
    sub: `token:${made.body.id}`,
  });
  expect(claims.exp - claims.iat).toBe(30 * 86_400);
  const list = await call("GET", "/tokens", { cookie: people.admin.cookie });
  expect(list.body.data).toHaveLength(1);
  expect(JSON.stringify(list.body)).not.toContain(made.body.token);
});

test("a token works until it is revoked, and then no more", async () => {
  const { people, token } = await company();
  const jwt = await token("member");
  expect((await call("GET", "/balance", { token: jwt })).status).toBe(200);
  const other = await company();
  expect((await call("DELETE", `/tokens/${claimsOf(jwt).jti}`, { cookie: other.people.owner.cookie })).status).toBe(
    404,
  );
  expect((await call("GET", "/balance", { token: jwt })).status).toBe(200);
  const revoked = await call("DELETE", `/tokens/${claimsOf(jwt).jti}`, { cookie: people.owner.cookie });
  expect(revoked.body.revokedAt).not.toBeNull();
  expect((await call("GET", "/balance", { token: jwt })).status).toBe(401);
});

test("it ends with its time, on the product's clock", async () => {
  const { token } = await company();
  const jwt = await token("member");
  setClockForTests(new Date());
  advanceClockForTests(29 * DAY);
  expect(await verifyToken(jwt)).not.toBeNull();
  advanceClockForTests(2 * DAY);
  expect(await verifyToken(jwt)).toBeNull();
});

test("its use is noted, at most once a minute", async () => {
  const { token } = await company();
  const jwt = await token("member");
  const used = async () =>
    (await sql`select last_used_at from api_tokens where token_id = ${claimsOf(jwt).jti}`)[0]?.last_used_at?.getTime();
  const start = new Date();
  setClockForTests(start);
  await verifyToken(jwt);
  expect(await used()).toBe(start.getTime());
  advanceClockForTests(30_000);
  await verifyToken(jwt);
  expect(await used()).toBe(start.getTime());
  advanceClockForTests(31_000);
  await verifyToken(jwt);
  expect(await used()).toBe(start.getTime() + 61_000);
});

test("forged ones are nobody: other key, no signature, other tenant, unknown id", async () => {
  const { tenantId, token } = await company();
  const other = await company();
  const jwt = await token("member");
  const [header, , signature] = jwt.split(".");
  const changed = Buffer.from(JSON.stringify({ ...claimsOf(jwt), tenant: other.tenantId })).toString("base64url");
  const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${jwt.split(".")[1]}.`;
  const foreign = await new SignJWT({ tenant: tenantId, role: "admin", scopes: [] })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject("x")
    .setJti(newId())
    .setIssuer("evenkeel")
    .setAudience("evenkeel-api")
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(env().NEXTAUTH_SECRET));
  for (const bad of [`${header}.${changed}.${signature}`, none, foreign, "", "a.b"])
    expect(await verifyToken(bad)).toBeNull();
});

test("a token is never stronger than its maker, today", async () => {
  const { tenantId, people, token } = await company();
  const make = (cookie: string, role: string) =>
    call("POST", "/tokens", { cookie, body: { name: "n", role, scopes: ["balance:write"] } });
  expect((await make(people.member.cookie, "member")).status).toBe(403);
  expect((await make(people.admin.cookie, "operator")).status).toBe(403);
  expect((await make(people.admin.cookie, "owner")).status).toBe(422);
  const opal = await person("operator");
  const byOperator = await call("POST", "/tokens", {
    cookie: opal.cookie,
    headers: { "evenkeel-tenant": tenantId },
    body: { name: "n", role: "operator" },
  });
  expect(byOperator.status).toBe(201);

  const [admin, service] = [
    (await make(people.admin.cookie, "admin")).body.token,
    await token("service", ["balance:read"]),
  ];
  expect((await call("GET", "/tokens", { token: admin })).status).toBe(200);
  await sql`update memberships set role = 'member' where user_id = ${people.admin.userId}`;
  expect((await call("GET", "/tokens", { token: admin })).status).toBe(403);
  await sql`delete from memberships where tenant_id = ${tenantId}`;
  expect((await call("GET", "/balance", { token: admin })).status).toBe(401);
  expect((await call("GET", "/balance", { token: service })).status).toBe(200);
  await sql`update users set is_operator = false where user_id = ${opal.userId}`;
  expect((await call("GET", "/balance", { token: byOperator.body.token })).status).toBe(401);
});

test("a service needs a scope, and an ended session lets nobody in", async () => {
  const { people } = await company();
  const made = await call("POST", "/tokens", { cookie: people.admin.cookie, body: { name: "n", role: "service" } });
  expect([made.status, made.body.errors[0].path]).toEqual([422, "scopes"]);
  await sql`update user_sessions set ended_at = now() where user_id = ${people.admin.userId}`;
  expect((await call("GET", "/balance", { cookie: people.admin.cookie })).status).toBe(401);
});

test("a person's token has the scopes that an admin gave it, as long as the maker is one", async () => {
  const { people, token } = await company();
  const debit = async (jwt: string) =>
    (await call("POST", "/balance/debits", { token: jwt, key: newId(), body: { amount: "1.00" } })).status;
  const [plain, scoped] = [await token("admin"), await token("member", ["balance:write"])];
  expect([await debit(plain), await debit(scoped)]).toEqual([403, 200]);
  await sql`update memberships set role = 'member' where user_id = ${people.owner.userId}`;
  expect(await debit(scoped)).toBe(403);
});

test("tokens that are looked up together each stand for their own company", async () => {
  const companies = await Promise.all([1, 2, 3].map(() => company()));
  const jwts = await Promise.all(companies.map(({ token }) => token("member")));
  const calls = Array.from({ length: 60 }, (_, nth) => nth % companies.length);
  const actors = await Promise.all(calls.map((which) => verifyToken(jwts[which] ?? "")));
  expect(actors.map((actor) => actor?.scope.tenantId)).toEqual(calls.map((which) => companies[which]?.tenantId));
});
