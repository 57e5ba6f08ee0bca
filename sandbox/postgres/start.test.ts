import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isAlive } from "../processes/inspect";
import { freePort } from "../processes/ports";
import { type RunningPostgres, startPostgres } from "./start";

let folder: string;
let server: RunningPostgres;

const start = async () => startPostgres({ dataDir: path.join(folder, "postgres"), port: await freePort() });
async function query(statement: string) {
  const sql = postgres(server.url, { max: 1 });
  try {
    return await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "evenkeel-postgres-"));
  server = await start();
  await query("create table kept (word text)");
}, 60_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

test("is a PostgreSQL in UTF-8 and UTC that knows letters of all languages and sorts by bytes", async () => {
  const [row] = await query(
    "select current_setting('server_encoding') as encoding, current_setting('timezone') as zone, upper('é') as upper, 'Z' < 'a' as bytes",
  );
  expect(row).toEqual({ encoding: "UTF8", zone: "UTC", upper: "É", bytes: true });
});

test("refuses a wrong password", async () => {
  const sql = postgres(server.url.replace(":evenkeel@", ":wrong@"), { max: 1 });
  await expect(sql`select 1`).rejects.toThrow(/password/);
  await sql.end();
});

test("what was committed survives a kill", async () => {
  await query("insert into kept values ('killed')");
  process.kill(server.pid, "SIGKILL");
  await server.exited;
  server = await start();
  expect(await query("select word from kept")).toEqual([{ word: "killed" }]);
});

test("a server that its parent left behind is ended first", async () => {
  const abandoned = server.pid;
  server = await start();
  expect(isAlive(abandoned)).toBe(false);
  expect(await query("select count(*)::int as n from kept")).toEqual([{ n: 1 }]);
});

test("a lock file that names a process of another kind does not keep it from starting", async () => {
  await server.stop();
  const lock = path.join(folder, "postgres", "postmaster.pid");
  writeFileSync(lock, `${process.pid}\n${path.join(folder, "postgres")}\n1\n1\n\n\n\nready   \n`);
  server = await start();
  expect(isAlive(process.pid)).toBe(true);
  expect(await query("select 1 as one")).toEqual([{ one: 1 }]);
});
