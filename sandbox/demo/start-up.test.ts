import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freePort } from "../processes/ports";
import { readChoice } from "./choice";
import { dataFiles, keepSecrets, prepareDataDir, resetDataDir } from "./data-dir";
import { readOptions } from "./options";
import { choosePorts } from "./ports";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "evenkeel-start-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("ports", () => {
  test("a busy one moves and says so, and the next start keeps what was chosen", async () => {
    const files = dataFiles(folder);
    const port = await freePort();
    const server = createServer().listen(port, "127.0.0.1");
    const said: string[] = [];
    const first = await choosePorts(files, port, (line) => said.push(line));
    expect(first.app).toBeGreaterThan(port);
    expect(said.join()).toContain(`Port ${port} is in use`);
    expect(new Set(Object.values(first)).size).toBe(6);
    server.close();
    const silent: string[] = [];
    expect(await choosePorts(files, null, (line) => silent.push(line))).toEqual(first);
    expect(silent).toEqual([]);
  });
});

describe("the folder", () => {
  test("keeps its secrets, readable by their owner only", () => {
    const files = dataFiles(folder);
    const secrets = keepSecrets(files);
    expect(keepSecrets(files)).toEqual(secrets);
    expect(secrets.stripeSecretKey).toMatch(/^sk_test_standin/);
    expect(statSync(files.secrets).mode & 0o077).toBe(0);
  });

  test("a reset removes what the demo keeps and nothing else", () => {
    const files = dataFiles(folder);
    prepareDataDir(files);
    keepSecrets(files);
    writeFileSync(path.join(folder, "mine.txt"), "mine");
    resetDataDir(files);
    expect(existsSync(files.secrets)).toBe(false);
    expect(existsSync(files.mail)).toBe(false);
    expect(existsSync(path.join(folder, "mine.txt"))).toBe(true);
  });
});

describe("which parts are real", () => {
  test("none by default, each by its own variable", () => {
    expect(readChoice({})).toEqual({ databaseUrl: null, stripe: null, inngestUrl: null, smtpUrl: null });
    expect(readChoice({ SMTP_URL: "smtp://mail.test" })).toMatchObject({
      smtpUrl: "smtp://mail.test",
      databaseUrl: null,
    });
  });
});

test("flags are read, and a wrong one is refused", () => {
  expect(readOptions([])).toMatchObject({ port: null, reset: false, dev: false, seed: true });
  expect(readOptions(["--port", "4000", "--reset", "--no-seed"])).toMatchObject({
    port: 4000,
    reset: true,
    seed: false,
  });
  expect(() => readOptions(["--port", "x"])).toThrow("--port");
  expect(() => readOptions(["--prot", "4000"])).toThrow();
});
