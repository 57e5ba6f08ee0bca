import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { reportTo } from "../../sandbox/stripe/contract/report";
import type { Inspector } from "../../sandbox/stripe/http/inspector";
import { contractCount } from "./contract";

const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-contract-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a stand-in of its own process reports after it said this. */
async function reported(name: string, say: (to: Inspector) => void) {
  const file = path.join(folder, name);
  const { inspector, finish } = await reportTo(file);
  say(inspector);
  finish();
  return contractCount(file);
}

const deleted = {
  method: "DELETE",
  path: "/v1/customers/cus_1",
  version: null,
  publishable: false,
  params: {},
  status: 200,
};
const body = { id: "cus_1", object: "customer", deleted: true };

test("right answers pass", async () => {
  const right = { ...deleted, body: JSON.stringify(body) };
  expect(await reported("right", (to) => to.answered(right))).toEqual({ passed: 1, failed: 0 });
});

test("a wrong one fails", async () => {
  const wrong = { ...deleted, body: JSON.stringify({ ...body, name: "Acme" }) };
  expect(await reported("wrong", (to) => to.answered(wrong))).toEqual({ passed: 0, failed: 1 });
});

test("nothing checked is not success", async () => {
  expect(await reported("nothing", () => {})).toEqual({ passed: 0, failed: 1 });
  expect(contractCount(path.join(folder, "never"))).toEqual({ passed: 0, failed: 1 });
});
