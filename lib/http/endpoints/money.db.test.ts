import { describe, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { newId } from "@/lib/ids";
import { CONSENT_TEXT_VERSION } from "@/lib/recharge/consent";
import { call, company, person } from "../testing";

const { sql } = useTestDatabase();

async function service(currency = "USD") {
  const who = await company(currency);
  return { ...who, jwt: await who.token("service", ["balance:write"]) };
}
const post = (jwt: string, path: string, body: unknown, key: string = newId()) =>
  call("POST", path, { token: jwt, key, body });

describe("debits", () => {
  test("one debit takes money and answers the new balance", async () => {
    const { jwt } = await service();
    const answer = await post(jwt, "/balance/debits", {
      amount: 50.0,
      description: "Render",
      metadata: { job: "4711" },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { currency: "USD", balance: "-50.00", held: "0.00", available: "-50.00", posted: 1, replayed: 0 },
    });
    const entries = await call("GET", "/balance/entries", { token: jwt });
    expect(entries.body.data).toMatchObject([
      { amount: "-50.00", balanceAfter: "-50.00", kind: "debit", description: "Render", currency: "USD" },
    ]);
  });

  test("a list is posted whole or not at all, and an id counts once for ever", async () => {
    const { jwt, tenantId } = await service();
    const debits = [
      { id: "a", amount: "1.00" },
      { id: "b", amount: "2.50" },
    ];
    expect((await post(jwt, "/balance/debits", { debits })).body).toMatchObject({
      balance: "-3.50",
      posted: 2,
      replayed: 0,
    });
    expect(
      (await post(jwt, "/balance/debits", { debits: [...debits, { id: "c", amount: "1.00" }] })).body,
    ).toMatchObject({ balance: "-4.50", posted: 1, replayed: 2 });
    const changed = await post(jwt, "/balance/debits", {
      debits: [
        { id: "d", amount: "1.00" },
        { id: "a", amount: "9.00" },
        { id: "c", amount: "1.00" },
        { id: "b", amount: "9.00" },
      ],
    });
    expect([changed.status, changed.body.code]).toEqual([409, "debit_id_reused"]);
    expect(changed.body.errors).toEqual([
      { path: "debits.1.id", message: "a was used for a debit of another amount" },
      { path: "debits.3.id", message: "b was used for a debit of another amount" },
    ]);
    const twice = await post(jwt, "/balance/debits", {
      debits: [
        { id: "x", amount: "1.00" },
        { id: "x", amount: "1.00" },
      ],
    });
    expect([twice.status, twice.body.errors]).toEqual([422, [{ path: "debits.1.id", message: "is given twice" }]]);
    const [row] =
      await sql`select balance_minor::int as balance from ledger_accounts where tenant_id = ${tenantId} and account = 'prepaid'`;
    expect(row?.balance).toBe(-450);
  });

  test("1,000 at once, not more, and not none", async () => {
    const { jwt } = await service();
    const many = (n: number) => ({ debits: Array.from({ length: n }, (_, i) => ({ id: `m${i}`, amount: "0.01" })) });
    expect((await post(jwt, "/balance/debits", many(1_000))).body).toMatchObject({ balance: "-10.00", posted: 1_000 });
    expect((await post(jwt, "/balance/debits", many(1_001))).body.errors[0].path).toBe("debits");
    expect((await post(jwt, "/balance/debits", { debits: [] })).status).toBe(422);
  });

  test.each([
    ["JPY", "500", "-500"],
    ["KWD", "1.234", "-1.234"],
  ])("%s has its own decimals", async (currency, amount, balance) => {
    const { jwt } = await service(currency);
    expect((await post(jwt, "/balance/debits", { amount })).body).toMatchObject({ currency, balance });
    expect((await post(jwt, "/balance/debits", { amount: `${amount}${currency === "JPY" ? ".5" : "5"}` })).status).toBe(
      422,
    );
  });
});

describe("holds", () => {
  test("are captured for less, or given back, once", async () => {
    const { jwt } = await service();
    const hold = await post(jwt, "/balance/holds", { amount: "20.00" });
    expect(hold).toMatchObject({
      status: 201,
      body: { state: "active", amount: "20.00", captured: null, held: "20.00", available: "-20.00" },
    });
    const captured = await post(jwt, `/balance/holds/${hold.body.id}/capture`, { amount: "17.25" });
    expect(captured.body).toMatchObject({ state: "captured", captured: "17.25", balance: "-17.25", held: "0.00" });
    const late = await post(jwt, `/balance/holds/${hold.body.id}/release`, {});
    expect([late.status, late.body.code]).toEqual([409, "hold_not_active"]);
    const other = await post(jwt, "/balance/holds", { amount: "5.00" });
    expect((await post(jwt, `/balance/holds/${other.body.id}/release`, {})).body).toMatchObject({
      state: "released",
      held: "0.00",
      balance: "-17.25",
    });
  });

  test("of another tenant are not there and stay as they are", async () => {
    const [mine, theirs] = [await service(), await service()];
    const hold = await post(theirs.jwt, "/balance/holds", { amount: "20.00" });
    for (const verb of ["capture", "release"]) {
      expect((await post(mine.jwt, `/balance/holds/${hold.body.id}/${verb}`, {})).status).toBe(404);
    }
    expect((await call("GET", "/balance", { token: theirs.jwt })).body.held).toBe("20.00");
  });
});

describe("adjustments", () => {
  test("are the operator's, by session or token, on the tenant in the body", async () => {
    const { tenantId, token } = await company("KWD");
    const opal = await person("operator");
    const body = { tenantId, amount: "12.345", reason: "Welcome" };
    const bySession = await call("POST", "/balance/adjustments", { cookie: opal.cookie, key: "a", body });
    expect(bySession).toMatchObject({ status: 200, body: { tenantId, currency: "KWD", balance: "12.345" } });
    const elsewhere = await (await company()).token("operator", [], "operator");
    const byToken = await call("POST", "/balance/adjustments", {
      token: elsewhere,
      key: "b",
      body: { ...body, amount: "-2.345" },
    });
    expect(byToken.body.balance).toBe("10.000");
    expect((await call("POST", "/balance/adjustments", { token: await token("admin"), key: "c", body })).status).toBe(
      403,
    );
    expect(
      (
        await call("POST", "/balance/adjustments", {
          cookie: opal.cookie,
          key: "d",
          body: { ...body, tenantId: newId() },
        })
      ).status,
    ).toBe(404);
    expect(
      (await call("POST", "/balance/adjustments", { cookie: opal.cookie, key: "e", body: { ...body, amount: "0" } }))
        .status,
    ).toBe(422);
  });
});

describe("the rule", () => {
  test("the worked example, to the cent", async () => {
    const { token } = await company();
    const jwt = await token("member");
    const answer = await call("POST", "/balance/auto-recharge/preview", {
      token: jwt,
      body: { minBalance: "150", targetBalance: 600, balance: "-50.00" },
    });
    expect(answer.body).toMatchObject({
      currency: "USD",
      amount: "650.00",
      fee: "18.85",
      total: "668.85",
      balanceAfter: "600.00",
    });
  });

  test("is saved with consent and read back; nonsense is refused and changes nothing", async () => {
    const { token } = await company();
    const jwt = await token("admin");
    const put = (body: object) => call("PUT", "/balance/auto-recharge", { token: jwt, body });
    const terms = { enabled: true, minBalance: "150.00", targetBalance: "600.00" };
    expect((await put(terms)).body.code).toBe("consent_required");
    expect((await put({ ...terms, consent: { textVersion: "1999-01-01" } })).body.code).toBe("consent_required");
    const consent = { textVersion: CONSENT_TEXT_VERSION };
    expect((await put({ ...terms, targetBalance: "150.00", consent })).status).toBe(422);
    expect((await put({ ...terms, limits: { maxCharge: "100.00" }, consent })).body.code).toBe("limits_unsatisfiable");
    expect((await put({ ...terms, paymentMethodId: "pm_someone_elses", consent })).status).toBe(404);
    expect((await call("GET", "/balance/auto-recharge", { token: jwt })).body).toMatchObject({
      enabled: false,
      minBalance: null,
      consent: null,
    });

    const saved = await put({ ...terms, limits: { maxPerMonth: "2700.00" }, consent });
    expect(saved).toMatchObject({
      status: 200,
      body: {
        enabled: true,
        minBalance: "150.00",
        targetBalance: "600.00",
        limits: { maxPerMonth: "2700.00", maxChargesPerDay: 6 },
      },
    });
    expect((await put({ enabled: false })).body).toMatchObject({ enabled: false, minBalance: "150.00" });
  });
});

test("lists page through everything once, though more arrives meanwhile", async () => {
  const { jwt } = await service();
  const debits = (from: number, n: number) => ({
    debits: Array.from({ length: n }, (_, i) => ({ id: `p${from + i}`, amount: "1.00" })),
  });
  await post(jwt, "/balance/debits", debits(0, 25));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await call(
      "GET",
      `/balance/entries?limit=10${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`,
      { token: jwt },
    );
    seen.push(...page.body.data.map((entry: { sourceId: string }) => entry.sourceId));
    if (cursor === null) await post(jwt, "/balance/debits", debits(100, 3));
    cursor = page.body.nextCursor;
  } while (cursor);
  expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => `p${24 - i}`));
});
