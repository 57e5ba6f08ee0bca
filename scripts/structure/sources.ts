import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export interface Source {
  /** Path from the repository's root, with forward slashes. */
  file: string;
  text: string;
}

const FOLDERS = ["app", "bench", "components", "db", "e2e", "inngest", "lib", "sandbox", "scripts"];

/** Every TypeScript file of ours. @param root the repository's root */
export function readSources(root: string): Source[] {
  return FOLDERS.flatMap((folder) => listTypeScript(root, folder)).map((file) => ({
    file,
    text: readFileSync(path.join(root, file), "utf8"),
  }));
}

function listTypeScript(root: string, folder: string): string[] {
  try {
    return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"))
      .filter((file) => !file.includes("node_modules/"))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

export const isTest = (file: string) =>
  /\.test\.tsx?$/.test(file) || file === "db/testing.ts" || /(^|\/)testing\//.test(file);
