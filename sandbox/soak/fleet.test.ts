import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { BillingError } from "@/lib/client/error";
import { Random } from "../simulator/random";
import { Asked } from "./asked";
import { Fleet } from "./fleet";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function instance(status: number, body = "{}"): Promise<string> {
  const server = createServer((_request, response) => void response.writeHead(status).end(body));
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const request = () => new Request("http://evenkeel.invalid/balance");

test("requests go round the instances and are timed", async () => {
  const urls = [await instance(200), await instance(204, "")];
  const fleet = new Fleet(urls, new Random("1"));
  const statuses = await Promise.all(
    Array.from({ length: 20 }, async () => (await fleet.send("balance", request())).status),
  );
  expect(new Set(statuses)).toEqual(new Set([200, 204]));
  expect(fleet.latencies.count("balance")).toBe(20);
  expect(fleet.faults).toEqual([]);
});

test("a 500 is a fault, but not while an instance is away, nor when Stripe is", async () => {
  const fleet = new Fleet([await instance(500, "oops")], new Random("1"));
  await fleet.send("debit", request());
  expect(fleet.faults).toEqual(["debit: 500 oops"]);
  fleet.away();
  await fleet.send("debit", request());
  fleet.back();
  await fleet.send("debit", request());
  expect([fleet.faults.length, fleet.counts.duringKills]).toEqual([1, 2]);
  const without = new Fleet([await instance(503, '{"code":"stripe_unavailable"}')], new Random("1"));
  await without.send("top-up", request());
  expect([without.faults, without.counts.stripeAway]).toEqual([[], 1]);
});

test("no answer at all is a fault as well", async () => {
  const url = await instance(200);
  servers[0]?.close();
  const fleet = new Fleet([url], new Random("1"));
  await expect(fleet.send("debit", request())).rejects.toThrow();
  expect(fleet.faults[0]).toMatch(/^debit: no answer \(.*ECONNREFUSED/);
});

test("a refusal is an answer; one that leaves it open is none", async () => {
  const asked = new Asked();
  const refuse = (status: number, code: "not_found" | "idempotency_key_in_use" | "unreachable") => async () => {
    throw new BillingError("no", { code, status });
  };
  asked.begin("debit", refuse(404, "not_found"));
  asked.begin("debit", refuse(409, "idempotency_key_in_use"));
  asked.begin("debit", refuse(0, "unreachable"));
  expect(asked.open).toBe(3);
  await asked.settled();
  expect([...asked.refusals]).toEqual([["debit: not_found", 1]]);
  expect(asked.unanswered).toHaveLength(2);
});
