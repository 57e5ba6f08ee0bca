import { afterEach, describe, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { advanceClockForTests, setClockForTests } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { claimKey, purgeIdempotencyKeys, releaseKey, storeAnswer } from "./idempotency";
import { call, company } from "./testing";

const { sql } = useTestDatabase();
afterEach(() => setClockForTests(null));

const HOUR = 3_600_000;
const debits = (tenantId: string) =>
  sql`select count(*)::int as n from ledger_transactions where tenant_id = ${tenantId} and kind = 'debit'`.then(
    ([row]) => row?.n,
  );

describe("Idempotency-Key", () => {
  test("of twenty calls at once one runs; the others wait or get its answer", async () => {
    const { tenantId, token } = await company();
    const jwt = await token("service", ["balance:write"]);
    const send = () => call("POST", "/balance/debits", { token: jwt, key: "order-1", body: { amount: "10.00" } });
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    expect(await debits(tenantId)).toBe(1);
    expect(answers.filter((a) => a.status === 200 && !a.headers.has("idempotent-replayed"))).toHaveLength(1);
    for (const answer of answers) expect([200, 409]).toContain(answer.status);
    for (const answer of answers.filter((a) => a.status === 409))
      expect(answer.body.code).toBe("idempotency_key_in_use");
    const later = await send();
    expect(later.status).toBe(200);
    expect(later.headers.get("idempotent-replayed")).toBe("true");
    expect(later.body).toEqual(answers.find((a) => a.status === 200)?.body);
    expect(later.body).toMatchObject({ balance: "-10.00", posted: 1 });
  });

  test("another body or path with the same key is refused, the same body in another order is not", async () => {
    const { token } = await company();
    const jwt = await token("service", ["balance:write"]);
    const send = (path: string, raw: string) => call("POST", path, { token: jwt, key: "k", raw });
    expect((await send("/balance/debits", '{"amount":"1.00","description":"a"}')).status).toBe(200);
    expect(
      (await send("/balance/debits", '{"description":"a","amount":"1.00"}')).headers.get("idempotent-replayed"),
    ).toBe("true");
    expect((await send("/balance/debits", '{"amount":"2.00"}')).body.code).toBe("idempotency_key_reused");
    expect((await send("/balance/holds", '{"amount":"1.00","description":"a"}')).body.code).toBe(
      "idempotency_key_reused",
    );
  });

  test("keys are each tenant's own", async () => {
    for (const { tenantId, token } of [await company(), await company()]) {
      const jwt = await token("service", ["balance:write"]);
      const answer = await call("POST", "/balance/debits", { token: jwt, key: "shared", body: { amount: "1.00" } });
      expect(answer.headers.has("idempotent-replayed")).toBe(false);
      expect(await debits(tenantId)).toBe(1);
    }
  });

  test("a refusal by the domain is the first answer too; a validation error is not", async () => {
    const { tenantId, token } = await company();
    const jwt = await token("service", ["balance:write"]);
    await sql`update ledger_accounts set floor_minor = 0 where tenant_id = ${tenantId}`;
    const send = (amount: string) => call("POST", "/balance/debits", { token: jwt, key: "k", body: { amount } });
    expect((await send("-1")).status).toBe(422);
    const refused = await send("5.00");
    expect([refused.status, refused.body.code]).toEqual([402, "insufficient_balance"]);
    await sql`update ledger_accounts set floor_minor = null where tenant_id = ${tenantId}`;
    const again = await send("5.00");
    expect([again.status, again.headers.get("idempotent-replayed"), again.headers.get("content-type")]).toEqual([
      402,
      "true",
      "application/problem+json",
    ]);
  });

  test("after a day the key is free again", async () => {
    const { tenantId } = await company();
    const claim = await claimKey(tenantId, "k", "one");
    if ("status" in claim) throw new Error("taken");
    await storeAnswer(claim, { status: 200, body: "{}" });
    setClockForTests(new Date());
    advanceClockForTests(23 * HOUR);
    await expect(claimKey(tenantId, "k", "two")).rejects.toMatchObject({ code: "idempotency_key_reused" });
    expect(await purgeIdempotencyKeys()).toBe(0);
    advanceClockForTests(2 * HOUR);
    expect(await claimKey(tenantId, "k", "two")).toMatchObject({ key: "k" });
  });

  test("a request that died gives its key to the same request after a minute, and only to that", async () => {
    const { tenantId } = await company();
    const first = await claimKey(tenantId, "k", "one");
    await expect(claimKey(tenantId, "k", "one")).rejects.toMatchObject({ code: "idempotency_key_in_use" });
    setClockForTests(new Date());
    advanceClockForTests(61_000);
    await expect(claimKey(tenantId, "k", "two")).rejects.toMatchObject({ code: "idempotency_key_reused" });
    const races = await Promise.allSettled(Array.from({ length: 10 }, () => claimKey(tenantId, "k", "one")));
    expect(races.filter((race) => race.status === "fulfilled")).toHaveLength(1);
    // The first one was only slow: what it stores or gives back now must not touch the second one's claim.
    if ("status" in first) throw new Error("taken");
    await storeAnswer(first, { status: 200, body: '"late"' });
    await releaseKey(first);
    await expect(claimKey(tenantId, "k", "one")).rejects.toMatchObject({ code: "idempotency_key_in_use" });
  });

  test("running a key again moves no money twice", async () => {
    const { tenantId, token } = await company();
    const jwt = await token("service", ["balance:write"]);
    const send = () => call("POST", "/balance/debits", { token: jwt, key: "k", body: { amount: "7.00" } });
    await send();
    // As if the process had died after the debit and before its answer was stored.
    await sql`update idempotency_keys set status = null, body = null, lease_until = now() - interval '1 minute' where tenant_id = ${tenantId}`;
    expect((await send()).body).toMatchObject({ balance: "-7.00", posted: 0, replayed: 1 });
    expect(await debits(tenantId)).toBe(1);
  });

  test("what is shown once is not readable in the database", async () => {
    const { tenantId, people } = await company();
    const send = () =>
      call("POST", "/tokens", { cookie: people.owner.cookie, key: "k", body: { name: "n", role: "member" } });
    const made = await send();
    expect((await send()).body.token).toBe(made.body.token);
    const [row] = await sql`select body from idempotency_keys where tenant_id = ${tenantId}`;
    expect(row?.body).not.toContain("token");
    expect((await call("GET", "/balance", { token: made.body.token })).status).toBe(200);
  });

  test("old keys are purged in portions", async () => {
    const { tenantId } = await company();
    await purgeIdempotencyKeys();
    for (let i = 0; i < 5; i++) await claimKey(tenantId, newId(), "hash");
    setClockForTests(new Date());
    advanceClockForTests(25 * HOUR);
    expect(await purgeIdempotencyKeys(2)).toBe(2);
    expect(await purgeIdempotencyKeys()).toBeGreaterThanOrEqual(3);
    expect(await purgeIdempotencyKeys()).toBe(0);
  });
});
