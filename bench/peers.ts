import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

export const FOLDER = path.join(import.meta.dirname, "peers");

let installed: Promise<void> | undefined;
/** Installs what is compared with, as its lock says, where that has not been done. @throws when the registry cannot be reached */
export function install(): Promise<void> {
  installed ??= existsSync(path.join(FOLDER, "node_modules/.package-lock.json"))
    ? Promise.resolve()
    : promisify(execFile)("npm", ["ci"], { cwd: FOLDER }).then(() => undefined);
  return installed;
}

/** Runs a program to its end. @returns the JSON it printed last */
export async function runJson<T>(args: string[], input = "", env: Record<string, string> = {}): Promise<T> {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...env } });
  child.stdin.end(input);
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  const printed = await text(child.stdout);
  const status = await ended;
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}`);
  return JSON.parse(printed.trim().split("\n").at(-1) ?? "") as T;
}

/** Runs one of the programs in `peers/`. */
export async function runPeer<T>(script: string, args: string[], input = ""): Promise<T> {
  await install();
  return runJson<T>([path.join(FOLDER, script), ...args], input);
}

/** Runs a program of this folder, written in TypeScript. */
export const runOurs = <T>(script: string, args: string[], env: Record<string, string> = {}): Promise<T> =>
  runJson<T>(["--import", "tsx", path.join(import.meta.dirname, script), ...args], "", env);
