import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { browserPost, chargeOffSession, clientFor, customerWith, standIn } from "../testing/stand-in";
import { webhookInbox } from "../testing/webhook-inbox";

let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "stripe-stand-in-"));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(dataDir, { recursive: true });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** The process as the demo starts it. */
async function startProcess(port: number): Promise<ChildProcess> {
  const main = join(import.meta.dirname, "../main.ts");
  const flags = [
    "--port",
    String(port),
    "--data",
    dataDir,
    "--secret-key",
    "sk_test_killed",
    "--publishable-key",
    "pk_test_killed",
  ];
  const child = spawn(process.execPath, ["--import", "tsx", main, ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  return child;
}

test("killed without warning, it comes back with everything it had answered", async () => {
  const port = await freePort();
  const first = await startProcess(port);
  const stripe = clientFor(`http://127.0.0.1:${port}`, "sk_test_killed");
  const saved = await customerWith(stripe, "pm_card_visa");
  const intent = await chargeOffSession(stripe, saved, 5_000, { idempotencyKey: "before" });
  first.kill("SIGKILL");
  await new Promise((resolve) => first.once("exit", resolve));

  await startProcess(port);
  const again = clientFor(`http://127.0.0.1:${port}`, "sk_test_killed");
  expect(await again.paymentIntents.retrieve(intent.id)).toMatchObject({ status: "succeeded", metadata: {} });
  expect((await again.paymentMethods.list({ customer: saved.customer })).data.map(({ id }) => id)).toEqual([
    saved.payment_method,
  ]);
  const repeated = await chargeOffSession(again, saved, 5_000, { idempotencyKey: "before" });
  expect(repeated.id).toBe(intent.id);
  expect((await again.charges.list()).data).toHaveLength(1);
  // The balance transaction was still to come when the process died.
  await expect
    .poll(async () => (await again.charges.retrieve(String(intent.latest_charge))).balance_transaction, {
      timeout: 5_000,
    })
    .toMatch(/^txn_/);
}, 40_000);

test("deliveries that were not made are made after the restart, at the endpoint's new address", async () => {
  const dead = await standIn({ dataDir, webhookUrl: "http://127.0.0.1:9/", webhookSecret: "whsec_old" });
  const customer = await dead.stripe.customers.create({});
  await expect
    .poll(async () => (await dead.control<{ data: { attempts: number }[] }>("GET deliveries")).data[0]?.attempts)
    .toBe(1);
  await dead.close();
  const inbox = await webhookInbox();
  const alive = await standIn({ dataDir, webhookUrl: inbox.url, webhookSecret: inbox.secret });
  await alive.stripe.customers.update(customer.id, { description: "again" });
  await inbox.until(1, "customer.updated");
  expect((await alive.stripe.webhookEndpoints.list()).data).toHaveLength(1);
  const { data } = await alive.control<{ data: { type: string; state: string }[] }>("GET deliveries");
  expect(data[0]).toMatchObject({ type: "customer.created", state: "pending" });
});

test("a last line cut in half is as if it had never been", async () => {
  const before = await standIn({ dataDir });
  const customer = await before.stripe.customers.create({ description: "whole" });
  await before.close();
  appendFileSync(join(dataDir, "journal.jsonl"), '[["customers","cus_half",{"id":"cus_half","obj');
  const after = await standIn({ dataDir });
  expect((await after.stripe.customers.list()).data.map(({ id }) => id)).toEqual([customer.id]);
  const more = await after.stripe.customers.create({});
  await after.close();
  const third = await standIn({ dataDir });
  expect((await third.stripe.customers.list()).data.map(({ id }) => id)).toEqual([more.id, customer.id]);
});

test("the log of requests outlives the process, without what was secret in it", async () => {
  const before = await standIn({ dataDir });
  await browserPost(before, "/v1/payment_methods", {
    type: "card",
    "card[number]": "4242424242424242",
    "card[exp_month]": "12",
    "card[exp_year]": "2050",
    "card[cvc]": "123",
  });
  await before.control("POST faults", { match: { path: "/v1/customers" }, do: "reset_after", times: 2 });
  await before.stripe.customers.create({}).catch(() => null);
  await before.close();
  const after = await standIn({ dataDir });
  const { data } = await after.control<{ data: { path: string; status: number | null; params: object }[] }>(
    "GET requests",
  );
  expect(data).toMatchObject([
    { path: "/v1/payment_methods", status: 200, params: { card: { number: "************4242", cvc: "***" } } },
    { path: "/v1/customers", status: null },
    { path: "/v1/customers", status: null },
  ]);
});
