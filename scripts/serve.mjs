import path from "node:path";
import { parseArgs } from "node:util";
import next from "next";
import { staticFiles } from "./static-files.mjs";

// One process that serves everything: Next's pages, and in front of them the API's own listener (lib/http/front), which the build
// hands over through instrumentation.ts. Plain JavaScript, because production loads nothing that has to be compiled.
const LONGEST_DRAIN_MS = 25_000;
const { values } = parseArgs({ options: { port: { type: "string" }, hostname: { type: "string" } } });
const { hostname } = values;
const port = Number(values.port ?? 3010);
process.title = "evenkeel";
// As `next start` does: Next calls itself here when an action redirects.
process.env.PORT = String(port);
process.env.__NEXT_PRIVATE_ORIGIN = `http://${hostname ?? "localhost"}:${port}`;

const handedOver = new Promise((resolve) => {
  globalThis.evenkeelFront = resolve;
});
const dir = path.resolve(import.meta.dirname, "..");
const app = next({ dev: false, dir, hostname, port });
await app.prepare();
const { createFront, drain } = await handedOver;

const server = createFront(staticFiles(path.join(dir, ".next/static"), app.getRequestHandler()));
server.once("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
server.listen(port, hostname);

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), LONGEST_DRAIN_MS).unref();
    await drain(server);
    // What pages put off until after their answer is still done.
    await app.close();
    process.exit(0);
  });
}
