import { spawn } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
const BIN = path.join(ROOT, "node_modules", ".bin");

/** Runs a program of node_modules with its output passed on. @returns its exit code; 1 when it could not start */
export function run(
  title: string,
  [program = "", ...args]: string[],
  env: Record<string, string> = {},
): Promise<number> {
  console.log(`\n▸ ${title}: ${program} ${args.filter((arg) => !arg.startsWith("--outputFile")).join(" ")}`);
  const since = performance.now();
  return new Promise((resolve) => {
    const child = spawn(path.join(BIN, program), args, {
      cwd: ROOT,
      stdio: "inherit",
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    });
    child.once("error", () => resolve(1));
    child.once("exit", (code) => {
      const seconds = Math.round((performance.now() - since) / 1000);
      console.log(`  ${title}: ${code === 0 ? "passed" : "failed"} after ${seconds} s`);
      resolve(code ?? 1);
    });
  });
}
