import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findCli, findServer } from "./find-server";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "evenkeel-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a script on the PATH is not taken for the tool: it may be one that downloads first", async () => {
  const script = path.join(folder, "inngest");
  writeFileSync(script, "#!/bin/sh\necho 1.45.1\n");
  chmodSync(script, 0o755);
  expect(await findCli({ PATH: folder })).toBeNull();
  await expect(findCli({ INNGEST_CLI: script })).rejects.toThrow("not a native program");
});

test("a native program that does not tell its version is not taken for it either", async () => {
  copyFileSync("/bin/true", path.join(folder, "inngest"));
  expect(await findCli({ PATH: folder })).toBeNull();
});

test("without a server, a tool or a setting there is none", async () => {
  expect(await findServer({ PATH: folder })).toBeNull();
});
