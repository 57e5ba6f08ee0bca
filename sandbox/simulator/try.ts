import "./configure";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrate } from "../../db/migrate";
import { startPostgres } from "../postgres/start";
import { freePort } from "../processes/ports";
import { seedEverything } from "./random";
const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-sim-"));
const server = await startPostgres({ dataDir: path.join(folder, "pg"), port: await freePort(), settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off", jit: "off" } });
try {
await migrate(server.url);
process.env.DATABASE_URL = server.url;
seedEverything();
const { Machine } = await import("./world");
const { runStory } = await import("./run");
const { generate } = await import("./story/generate");
const machine = await Machine.start(server.url);
const from = Number(process.argv[2] ?? 1), count = Number(process.argv[3] ?? 1);
for (let s = from; s < from + count; s++) {
  const t = performance.now();
  const a = await runStory(machine, generate(String(s)));
  console.log(s, Math.round(performance.now() - t), "ms", a.steps, "steps", a.charges, "charges", a.digest.slice(0, 12), a.violations);
  if (process.argv[4] === "trace") console.log(a.trace.join("\n"));
  if (process.argv[4] === "twice") { const b = await runStory(machine, generate(String(s))); if (a.digest !== b.digest) { const i = a.trace.findIndex((l, n) => l !== b.trace[n]); console.log("DIFFERS at", i); console.log(a.trace.slice(Math.max(0,i-15), i+3).join("\n")); console.log("--"); console.log(b.trace.slice(i-2, i+3).join("\n")); } }
}
await machine.stop();
} finally { await server.stop(); }
process.exit(0);
