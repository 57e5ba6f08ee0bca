import { parseArgs } from "node:util";
import { startExecutor } from "./server";

/**
 * Embedded executor as a process: not the Inngest server.
 * `tsx sandbox/inngest/main.ts --port 8288 --database-url postgres://… --app-url http://127.0.0.1:3010/api/inngest`
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8288" },
    "database-url": { type: "string", default: process.env.DATABASE_URL },
    "app-url": { type: "string", default: process.env.INNGEST_APP_URL },
    "signing-key": { type: "string", default: process.env.INNGEST_SIGNING_KEY },
  },
});

const databaseUrl = values["database-url"];
const appUrl = values["app-url"];
if (!databaseUrl || !appUrl) {
  console.error("embedded executor: --database-url and --app-url are needed");
  process.exit(2);
}

const executor = await startExecutor({
  port: Number(values.port),
  databaseUrl,
  appUrl,
  signingKey: values["signing-key"] || undefined,
  log: (message) => console.log(`embedded executor: ${message}`),
});
console.log(`embedded executor: not the Inngest server; listening on ${executor.url}`);

const stop = () => {
  executor.close().finally(() => process.exit(0));
};
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
