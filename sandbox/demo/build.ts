import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive } from "../processes/inspect";

const ROOT = path.resolve(import.meta.dirname, "../..");
const STAMP = path.join(ROOT, ".next", "evenkeel-build");
const LOCK = path.join(ROOT, "node_modules", ".cache", "evenkeel-build.lock");
const OWNER = path.join(LOCK, "pid");

const SOURCE_FOLDERS = ["app", "components", "db", "inngest", "lib", "messages", "public"];
// Not package.json and tsconfig.json: the lock says what is installed, and Next itself writes into the latter.
const SOURCE_FILES = /^((next|postcss)\.config\.\w+|(i18n|proxy|instrumentation(-client)?)\.ts|package-lock\.json)$/;
const isSource = (file: string) => !/\.test\.tsx?$|\.md$/.test(file);

/**
 * Makes sure that `.next` holds a production build of the present sources. Several demos that start at once build once.
 * @param say is called when it has to build, which takes a minute or so
 * @throws Error with the end of the build's output when it fails
 */
export async function ensureBuild(say: (line: string) => void, ending: AbortSignal): Promise<void> {
  if (isCurrent()) return;
  await takeLock(say, ending);
  try {
    if (isCurrent()) return;
    say("Building the app …");
    const hash = sourceHash();
    rmSync(STAMP, { force: true });
    await runBuild(ending);
    writeFileSync(STAMP, hash);
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

function isCurrent(): boolean {
  try {
    return readFileSync(STAMP, "utf8") === sourceHash();
  } catch {
    return false;
  }
}

function sourceHash(): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of sourceFiles())
    hash.update(path.relative(ROOT, file)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function sourceFiles(): string[] {
  const top = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE_FILES.test(entry.name))
    .map((entry) => path.join(ROOT, entry.name));
  const deep = SOURCE_FOLDERS.flatMap((folder) => filesBelow(path.join(ROOT, folder)));
  return [...top, ...deep].filter(isSource).sort();
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** A folder is made by one process only; it names its owner, so that the lock of one that was killed can be taken over. */
async function takeLock(say: (line: string) => void, ending: AbortSignal): Promise<void> {
  mkdirSync(path.dirname(LOCK), { recursive: true });
  let told = false;
  for (;;) {
    try {
      mkdirSync(LOCK);
      writeFileSync(OWNER, String(process.pid));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (!told) say("Another start is building the app; waiting for it …");
    told = true;
    await pause(500, undefined, { signal: ending });
    const pid = Number(lockOwner());
    if (pid && !isAlive(pid)) rmSync(LOCK, { recursive: true, force: true });
  }
}

function lockOwner(): string {
  try {
    return readFileSync(OWNER, "utf8");
  } catch {
    return "";
  }
}

/** What `npm run build` does. */
async function runBuild(ending: AbortSignal): Promise<void> {
  await runPart([createRequire(import.meta.url).resolve("next/dist/bin/next"), "build"], ending);
  await runPart([path.join(ROOT, "scripts/compress.mjs")], ending);
}

function runPart(command: string[], ending: AbortSignal): Promise<void> {
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd: ROOT,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      signal: ending,
    });
    // If we are killed, the build goes on for a while: the next start waits for it.
    writeFileSync(OWNER, String(child.pid));
    let output = "";
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`The build failed.\n${output}`))));
  });
}
