import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { actorFor } from "@/lib/auth/choose-tenant";
import type { TenantScope } from "@/lib/auth/scope";
import { call, company, type Person, person } from "@/lib/http/testing";
import type { TenantId } from "@/lib/ids";
import { addOrganisation, slugOf } from "./create";
import { changeRole, handOver, removeMember } from "./members";
import { listMembers, tenantsOf } from "./queries";

const { sql } = useTestDatabase();

const scopeOf = (tenantId: TenantId, { userId, email }: Person, role: TenantScope["role"]): TenantScope => ({
  tenantId,
  role,
  userId,
  actor: email,
  scopes: [],
});
async function team() {
  const { tenantId, people, token } = await company();
  const scopes = {
    owner: scopeOf(tenantId, people.owner, "owner"),
    admin: scopeOf(tenantId, people.admin, "admin"),
    member: scopeOf(tenantId, people.member, "member"),
  };
  const roles = async () => {
    const { data } = await listMembers(scopes.owner, { limit: 10, cursor: null });
    return Object.fromEntries(data.map((m) => [m.userId, m.role]));
  };
  return { tenantId, people, scopes, roles, token };
}
const refusal = (code: string) => expect.objectContaining({ code });

test("owners give every role, admins those below an owner's, members none", async () => {
  const { scopes, people, roles } = await team();
  await changeRole(scopes.admin, people.member.userId, "admin");
  await changeRole(scopes.owner, people.member.userId, "owner");
  expect((await roles())[people.member.userId]).toBe("owner");
  for (const [by, whom, to] of [
    [scopes.admin, people.member, "member"],
    [scopes.admin, people.admin, "owner"],
    [scopes.member, people.admin, "member"],
  ] as const)
    await expect(changeRole(by, whom.userId, to)).rejects.toThrow(refusal("forbidden"));
});

test("the last owner stays one, whatever two people do at once", async () => {
  const { scopes, people, roles } = await team();
  await expect(changeRole(scopes.owner, people.owner.userId, "admin")).rejects.toThrow(refusal("last_owner"));
  await expect(removeMember(scopes.owner, people.owner.userId)).rejects.toThrow(refusal("last_owner"));
  await changeRole(scopes.owner, people.admin.userId, "owner");
  const two = { ...scopes.admin, role: "owner" as const };
  const outcomes = await Promise.allSettled([
    changeRole(scopes.owner, people.owner.userId, "member"),
    removeMember(two, people.admin.userId),
    changeRole(two, people.owner.userId, "admin"),
  ]);
  expect(outcomes.filter((each) => each.status === "rejected").length).toBeGreaterThan(0);
  expect(Object.values(await roles()).filter((role) => role === "owner")).toHaveLength(1);
});

test("an owner hands the ownership on and becomes an admin; with an old scope nobody does it twice", async () => {
  const { scopes, people, roles } = await team();
  await expect(handOver(scopes.admin, people.member.userId)).rejects.toThrow(refusal("forbidden"));
  await handOver(scopes.owner, people.member.userId);
  expect(await roles()).toMatchObject({ [people.member.userId]: "owner", [people.owner.userId]: "admin" });
  await expect(handOver(scopes.owner, people.admin.userId)).rejects.toThrow(refusal("forbidden"));
});

test("who is removed loses access at once: session, and tokens that act for the person", async () => {
  const { tenantId, people, scopes, token } = await team();
  const body = { name: "mine", role: "admin" };
  const own = (await call("POST", "/tokens", { cookie: people.admin.cookie, body })).body.token;
  const service = await token("service", ["balance:read"]);
  expect((await call("GET", "/balance", { cookie: people.admin.cookie })).status).toBe(200);
  await sql`insert into muted_notices values (${tenantId}, ${people.admin.userId}, 'charged', now())`;
  await removeMember(scopes.owner, people.admin.userId);
  expect((await call("GET", "/balance", { cookie: people.admin.cookie })).status).toBe(403);
  expect((await call("GET", "/balance", { token: own })).status).toBe(401);
  expect((await call("GET", "/balance", { token: service })).status).toBe(200);
  expect(await sql`select 1 from muted_notices where tenant_id = ${tenantId}`).toHaveLength(0);
});

test("a member may leave; nobody removes above themselves or across tenants", async () => {
  const { people, scopes, roles } = await team();
  const other = await team();
  await expect(removeMember(scopes.admin, people.owner.userId)).rejects.toThrow(refusal("forbidden"));
  await expect(removeMember(scopes.member, people.admin.userId)).rejects.toThrow(refusal("forbidden"));
  await expect(removeMember(scopes.owner, other.people.member.userId)).rejects.toThrow(refusal("not_found"));
  await expect(changeRole(scopes.owner, other.people.member.userId, "admin")).rejects.toThrow(refusal("not_found"));
  await expect(removeMember(scopes.owner, "nobody")).rejects.toThrow(refusal("not_found"));
  await removeMember(scopes.member, people.member.userId);
  expect(await roles()).not.toHaveProperty(people.member.userId);
});

test("three organisations of one person: each with its own role, switched by choice", async () => {
  const { tenantId, people } = await team();
  const { userId, email, cookie } = people.member;
  const user = { userId, email, name: "M", isOperator: false, locale: "en", emailConfirmed: true };
  const second = await addOrganisation(user, {
    name: "Second",
    currency: "EUR",
    timeZone: "Europe/Oslo",
    locale: "en",
  });
  const third = await addOrganisation(user, { name: "Third", currency: "JPY", timeZone: "Asia/Tokyo", locale: "en" });
  expect((await tenantsOf(userId)).map((each) => each.role).sort()).toEqual(["member", "owner", "owner"]);
  for (const [chosen, currency, role] of [
    [tenantId, "USD", "member"],
    [second, "EUR", "owner"],
    [third, "JPY", "owner"],
  ] as const) {
    expect((await actorFor(user, chosen))?.scope).toMatchObject({ tenantId: chosen, role });
    const balance = await call("GET", "/balance", { cookie, headers: { "evenkeel-tenant": chosen } });
    expect(balance.body).toMatchObject({ tenantId: chosen, currency });
    const write = await call("GET", "/tokens", { cookie, headers: { "evenkeel-tenant": chosen } });
    expect(write.status).toBe(role === "owner" ? 200 : 403);
  }
  const stranger = (await team()).tenantId;
  expect((await actorFor(user, stranger))?.scope.tenantId).not.toBe(stranger);
  const asked = await call("GET", "/balance", { cookie, headers: { "evenkeel-tenant": stranger } });
  expect(asked.status).toBe(404);
});

test("an organisation needs a currency and a time zone that there are, and not too many a day", async () => {
  const { userId, email } = await person("operator");
  const user = { userId, email, name: "M", isOperator: false, locale: "en", emailConfirmed: true };
  const add = (currency: string, timeZone: string) =>
    addOrganisation(user, { name: "X", currency, timeZone, locale: "en" });
  await expect(add("XXX", "UTC")).rejects.toThrow(refusal("invalid_request"));
  await expect(add("USD", "Mars/Olympus")).rejects.toThrow(refusal("invalid_request"));
  for (let made = 0; made < 8; made++) await add("USD", "UTC");
  await expect(add("USD", "UTC")).rejects.toThrow(refusal("rate_limited"));
});

test.each([
  ["Acme Robotics", /^acme-robotics-[0-9a-f]{6}$/],
  ["  Ünïcode!! & Söhne  ", /^unicode-sohne-[0-9a-f]{6}$/],
  ["北京科技", /^org-[0-9a-f]{6}$/],
  [`${"long ".repeat(30)}`, /^[a-z-]{1,40}-[0-9a-f]{6}$/],
])("%s has a name for addresses", (name, pattern) => {
  expect(slugOf(name)).toMatch(pattern);
});

test("members are listed by name, a page at a time", async () => {
  const { scopes } = await team();
  const whole = await listMembers(scopes.owner, { limit: 10, cursor: null });
  expect(whole).toMatchObject({ data: [{}, {}, {}], nextCursor: null });
  const first = await listMembers(scopes.owner, { limit: 2, cursor: null });
  expect(first.nextCursor).toBe(first.data[1]?.userId);
  const second = await listMembers(scopes.owner, { limit: 2, cursor: first.nextCursor });
  expect([...first.data, ...second.data]).toEqual(whole.data);
  expect(second.nextCursor).toBeNull();
  await expect(listMembers(scopes.owner, { limit: 2, cursor: "first" })).rejects.toThrow(refusal("invalid_request"));
});
