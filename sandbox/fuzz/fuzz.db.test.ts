import { afterAll, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { expectNoViolations } from "../stripe/testing/checked";
import { Fuzzer } from "./run";

const { sql } = useTestDatabase();
let fuzzer: Fuzzer;
beforeAll(async () => {
  fuzzer = await Fuzzer.start(sql, "every change");
}, 120_000);
afterAll(() => fuzzer?.stop());

test("400 requests made from the description are answered as it says, and change nothing when refused", async () => {
  const { requests, byStatus, succeeded, failures } = await fuzzer.run(400);
  expect(failures.map(({ number, operation, what, curl }) => ({ number, operation, what, curl }))).toEqual([]);
  expect(requests).toBe(400);
  // A fuzzer that is refused at the gate finds nothing.
  expect(byStatus["2xx"]).toBeGreaterThan(50);
  expect(byStatus["4xx"]).toBeGreaterThan(50);
  expect(succeeded.size).toBeGreaterThan(15);
  expect(expectNoViolations()).toBeGreaterThan(0);
}, 180_000);
