import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A browser that starts: CHROMIUM_PATH, the system's, or Playwright's own. Null when there is none. */
export function findBrowser(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const system = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...system, ...MAC, chromium.executablePath()].find(starts) ?? null;
}

/** Ubuntu's package of this name is only a pointer to a snap: the file is there and does not start. */
function starts(file: string): boolean {
  return existsSync(file) && spawnSync(file, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

/**
 * Finds a browser, or gets one: the distribution's package where we are root on Debian, else Playwright's download.
 * @throws Error in plain words when neither works
 */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    attempt("apt-get", ["update", "-qq"]);
    attempt("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
  }
  if (!findBrowser()) attempt("npx", ["playwright", "install", "chromium"]);
  const installed = findBrowser();
  if (!installed)
    throw new Error("No browser was found or could be installed. Set CHROMIUM_PATH to a Chromium or Chrome.");
  return installed;
}

function attempt(program: string, args: string[]): void {
  console.log(`Looking for a browser: ${program} ${args.join(" ")}`);
  try {
    execFileSync(program, args, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  } catch {
    console.log(`${program} did not succeed`);
  }
}
