import { expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { answerTo, call, company } from "@/lib/http/testing";
import { attachPaymentMethod } from "@/lib/payment-methods/commands";
import { ensureCustomer } from "@/lib/payment-methods/customer";
import { syncCustomerMethods } from "@/lib/payment-methods/sync";
import { useWorld } from "@/sandbox/testing/world";
import { createClient, everyItem } from "./client";
import type { BillingError } from "./error";
import type { ClientOptions } from "./transport";

const { sql } = useTestDatabase();
useWorld();

const baseUrl = "http://localhost:3010";
const clientOf = (token: string, more: ClientOptions = {}) =>
  createClient({ baseUrl, token, fetch: answerTo, ...more });
const refused = (promise: Promise<unknown>): Promise<BillingError> =>
  promise.then(
    () => {
      throw new Error("was not refused");
    },
    (error) => error,
  );

/** A tenant with a card, and clients of an admin and of a service. */
async function customer() {
  const { tenantId, people, token } = await company();
  const scope = { tenantId, role: "owner", userId: people.owner.userId, actor: "test", scopes: [] } as const;
  await ensureCustomer(tenantId);
  const { paymentMethodId } = await attachPaymentMethod(scope, "pm_card_visa");
  await syncCustomerMethods(tenantId);
  const [admin, service] = [await token("admin"), await token("service", ["usage:write", "balance:write"])];
  return { tenantId, people, token, paymentMethodId, admin, service };
}

test("the three lines, as they stand", async () => {
  const made = await customer();
  const pm = made.paymentMethodId;
  // One token: an admin's, that may do a service's work too.
  const billing = clientOf(await made.token("admin", ["usage:write"]));

  const subscription = await billing.createSubscription({
    plan: "professional",
    billingCycle: "monthly",
    paymentMethodId: pm,
  });
  await billing.recordUsage(subscription.id, { metric: "messages", quantity: 1000 });
  await billing.createRecharge({ amount: 80 });
  const [payment] = (await billing.listTransactions({ type: ["payment"], limit: 1 })).data;
  const transactionId = payment?.id ?? "";
  const refund = await billing.createRefund(transactionId, { amount: 50.0, reason: "Customer request" });

  expect(subscription).toMatchObject({ plan: "professional", status: "trialing", tenantId: made.tenantId });
  expect((await billing.getSubscription(subscription.id)).usage.messages?.used).toBe(1_000);
  expect(refund).toMatchObject({ transactionId, amount: "50.00", reason: "Customer request" });
  expect((await billing.getTransaction(transactionId)).refunds).toHaveLength(1);
});

test("a call whose answer was lost is made again under the same key, and done once", async () => {
  const { service, tenantId } = await customer();
  const keys: (string | null)[] = [];
  const billing = clientOf(service, {
    fetch: async (request) => {
      keys.push(request.headers.get("idempotency-key"));
      const answer = await answerTo(request);
      if (keys.length === 1) throw new TypeError("fetch failed");
      return answer;
    },
  });
  const { balance } = await billing.createDebit({ amount: "12.50" });
  expect(balance).toBe("-12.50");
  expect(keys).toEqual([keys[0], keys[0]]);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(await sql`select 1 from ledger_transactions where tenant_id = ${tenantId}`).toHaveLength(1);
  await billing.createDebit({ amount: "12.50" });
  expect(keys[2]).not.toBe(keys[0]);
});

test("a key of the caller's own is the same over clients", async () => {
  const { service } = await customer();
  const debit = () => clientOf(service).createDebit({ amount: 3 }, { idempotencyKey: "order-4711" });
  expect(await debit()).toEqual(await debit());
  const error = await refused(clientOf(service).createDebit({ amount: 4 }, { idempotencyKey: "order-4711" }));
  expect(error).toMatchObject({ name: "BillingError", code: "idempotency_key_reused", status: 409 });
});

test("refusals carry code, status, fields and the request's id, and are not made again", async () => {
  const { service } = await customer();
  let calls = 0;
  const billing = clientOf(service, {
    fetch: (request) => {
      calls++;
      return answerTo(request);
    },
  });
  const wrong = await refused(billing.createDebit({ amount: "1.234" }));
  expect(wrong).toMatchObject({ code: "invalid_request", status: 422, errors: [{ path: "amount" }] });
  expect(wrong.requestId).toMatch(/\S/);
  expect(await refused(billing.listTokens())).toMatchObject({ code: "forbidden", status: 403 });
  expect(await refused(billing.getRecharge("not/an id"))).toMatchObject({ code: "not_found", status: 404 });
  expect(calls).toBe(3);
  expect(await refused(clientOf("a.b.c").getBalance())).toMatchObject({ code: "unauthenticated", status: 401 });
});

test("gives up after its tries, and at once when the caller does", async () => {
  let calls = 0;
  const down = { fetch: () => Promise.reject(new TypeError(`down ${++calls}`)) };
  const error = await refused(createClient({ baseUrl, retries: 2, ...down }).getBalance());
  expect([error.code, error.status, calls]).toEqual(["unreachable", 0, 3]);

  const busy = () => Promise.resolve(new Response("{}", { status: 429, headers: { "retry-after": "30" } }));
  const stop = new AbortController();
  const waiting = createClient({ baseUrl, fetch: busy }).getBalance(undefined, { signal: stop.signal });
  setTimeout(() => stop.abort(new Error("enough")), 20);
  await expect(waiting).rejects.toThrow("enough");

  const slow = (request: Request) =>
    new Promise<Response>((_, reject) => request.signal.addEventListener("abort", () => reject(request.signal.reason)));
  const late = await refused(createClient({ baseUrl, timeoutMs: 20, retries: 0, fetch: slow }).getBalance());
  expect(late.code).toBe("timeout");
  const html = () => Promise.resolve(new Response("<html>", { status: 404 }));
  expect(await refused(createClient({ baseUrl, fetch: html }).getBalance())).toMatchObject({
    code: "unexpected_answer",
  });
});

test("lists page after page; what is no JSON comes as it is", async () => {
  const { service, admin } = await customer();
  const billing = clientOf(admin);
  for (let n = 1; n <= 5; n++) await clientOf(service).createDebit({ amount: n });
  const amounts: string[] = [];
  for await (const entry of everyItem(billing.listEntries, { limit: 2 })) amounts.push(entry.amount);
  expect(amounts).toEqual(["-5.00", "-4.00", "-3.00", "-2.00", "-1.00"]);
  const file = await billing.exportTransactions("csv");
  expect(file.headers.get("content-type")).toContain("text/csv");
});

test("in a page of our own: the session's cookie, the same origin, and the tenant that is named", async () => {
  const { people, tenantId } = await customer();
  const inPage = (request: Request) => {
    const headers = new Headers(request.headers);
    headers.set("cookie", people.admin.cookie);
    headers.set("origin", baseUrl);
    return answerTo(new Request(request, { headers }));
  };
  const billing = createClient({ baseUrl, tenantId, fetch: inPage });
  expect((await billing.getBalance()).tenantId).toBe(tenantId);
  const { token } = await billing.createToken({ name: "n", role: "member" });
  expect((await call("GET", "/balance", { token })).status).toBe(200);
});
