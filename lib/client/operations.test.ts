import { expect, test } from "vitest";
import { ENDPOINTS } from "@/lib/http/registry";
import { ROUTES } from "./operations";

const inApi = ENDPOINTS.filter((each) => each.access !== "signature").map((each) => `${each.method} ${each.path}`);

test("the client has a call for every endpoint; a new one is added in lib/client/operations.ts", () => {
  const inClient: string[] = Object.values(ROUTES);
  expect({ missing: inApi.filter((route) => !inClient.includes(route)) }).toEqual({ missing: [] });
  expect({ unknown: inClient.filter((route) => !inApi.includes(route)) }).toEqual({ unknown: [] });
  expect(new Set(inClient).size).toBe(inClient.length);
});
