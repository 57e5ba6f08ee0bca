import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { migrate } from "@/db/migrate";
import { EnvError, readEnv } from "@/lib/env";

// Production: the configuration is checked as a whole, migrations run once whatever the number of instances, then the server.
const root = path.resolve(import.meta.dirname, "..");
process.chdir(root);

function refuse(message: string): never {
  console.error(message);
  process.exit(1);
}

function readConfiguration() {
  try {
    return readEnv({ ...process.env, NODE_ENV: "production" });
  } catch (error) {
    if (error instanceof EnvError) refuse(error.message);
    throw error;
  }
}

const env = readConfiguration();
if (!existsSync(path.join(root, ".next", "BUILD_ID"))) refuse("Evenkeel is not built yet: npm run build");
await migrate(env.DATABASE_URL).catch((error: unknown) =>
  refuse(`The database could not be brought up to date: ${error}`),
);

const app = spawn(process.execPath, [path.join(root, "scripts", "serve.mjs"), "--port", String(env.BILLING_PORT)], {
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: "production" },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => app.kill(signal));
app.once("error", (error) => refuse(error.message));
app.once("exit", (code, signal) => process.exit(code ?? (signal ? 128 : 0)));
