import { expect, test } from "vitest";
import { addressOf, scriptsOf } from "./pages";

const MANIFEST = `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};
globalThis.__RSC_MANIFEST["/(billing)/invoices/[id]/page"] = {
  clientModules: {},
  entryJSFiles: {
    "[project]/app/layout": ["a.js"],
    "[project]/app/error": ["a.js", "error.js"],
    "[project]/app/not-found": ["missing.js"],
    "[project]/app/(billing)/invoices/[id]/page": ["a.js", "b.js"],
  },
};`;

test("a page's scripts are those of itself and its layouts, each once, and not those of errors", () => {
  expect(scriptsOf(MANIFEST)).toEqual([{ entry: "/(billing)/invoices/[id]/page", files: ["a.js", "b.js"] }]);
});

test("addresses are as people see them", () => {
  expect(["/(billing)/(dashboard)/page", "/(billing)/invoices/[id]/page", "/operator/page"].map(addressOf)).toEqual([
    "/",
    "/invoices/[id]",
    "/operator",
  ]);
});
