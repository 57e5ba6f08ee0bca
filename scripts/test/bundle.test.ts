import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { examineBundle } from "./bundle";

const ROOT = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-bundle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A minified build of one module, as a page would import it. */
function built(name: string, code: string, sourcemap: boolean): string {
  const build = path.join(folder, name);
  buildSync({
    stdin: { contents: code, resolveDir: ROOT, loader: "ts" },
    outfile: path.join(build, "server", "page.js"),
    bundle: true,
    minify: true,
    platform: "node",
    sourcemap,
    alias: { "@": ROOT },
  });
  return build;
}

const clock = 'import { now } from "@/lib/clock"; console.log(now());';
const standIn = 'import { unsupported } from "@/sandbox/stripe/http/errors"; console.log(unsupported("x"));';

test("the product alone is in order, and is seen", () => {
  const { sources, found } = examineBundle(ROOT, built("product", clock, true));
  expect(found).toEqual([]);
  expect(sources).toBeGreaterThan(0);
});

test("a stand-in is found by its name", () => {
  expect(examineBundle(ROOT, built("named", standIn, true)).found).toContain(
    "sandbox/stripe/http/errors.ts is part of the build",
  );
});

test("a stand-in is found by what it says where there is no source map", () => {
  const { sources, found } = examineBundle(ROOT, built("spoken", standIn, false));
  expect(sources).toBe(0);
  expect(found).toEqual([expect.stringMatching(/^sandbox\/stripe\/http\/errors\.ts speaks in the build/)]);
});

test("a stand-in that is only needed at run time is found", () => {
  const build = built("traced", clock, true);
  const traced = path.relative(path.join(build, "server"), path.join(ROOT, "sandbox/demo.ts"));
  writeFileSync(path.join(build, "server", "page.js.nft.json"), JSON.stringify({ version: 1, files: [traced] }));
  expect(examineBundle(ROOT, build).found).toEqual(["sandbox/demo.ts is part of the build"]);
});
