import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";

/** What a page loads before it can be used, in bytes as sent with gzip; what it loads later is not in it. */
export type PageSize = { page: string; bytes: number };

type Manifest = { entryJSFiles?: Record<string, string[]> };

const ROOT = path.resolve(import.meta.dirname, "..");
const NEXT = path.join(ROOT, ".next");

const compressed = new Map<string, number>();
function compressedBytes(file: string): number {
  const known = compressed.get(file);
  if (known !== undefined) return known;
  const bytes = gzipSync(readFileSync(path.join(NEXT, file))).length;
  compressed.set(file, bytes);
  return bytes;
}

/** The address of a page as people see it: groups in brackets are not in it. */
export const addressOf = (entry: string): string =>
  entry
    .replace(/\/page$/, "")
    .replace(/\/\([^)]+\)/g, "")
    .replace(/^$/, "/");

/** The scripts that a page and its layouts name, without repetition. @param source what Next wrote for the page: a script that fills `globalThis` */
export function scriptsOf(source: string): { entry: string; files: string[] }[] {
  const sandbox: { __RSC_MANIFEST?: Record<string, Manifest> } = {};
  runInNewContext(source, { globalThis: sandbox });
  return Object.entries(sandbox.__RSC_MANIFEST ?? {}).map(([entry, { entryJSFiles = {} }]) => ({
    entry,
    // What is shown for an error is loaded by it.
    files: [
      ...new Set(
        Object.entries(entryJSFiles).flatMap(([part, files]) => (/(error|not-found)$/.test(part) ? [] : files)),
      ),
    ],
  }));
}

/** What every page loads of React and Next themselves. */
export const FRAMEWORK = "React and Next, in each of them";

/** Every page of the build, largest first. @returns null without a build */
export function pageSizes(): PageSize[] | null {
  if (!existsSync(path.join(NEXT, "BUILD_ID"))) return null;
  const { rootMainFiles } = JSON.parse(readFileSync(path.join(NEXT, "build-manifest.json"), "utf8")) as {
    rootMainFiles: string[];
  };
  const pages = readdirSync(path.join(NEXT, "server/app"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("page_client-reference-manifest.js"))
    .flatMap((file) => scriptsOf(readFileSync(path.join(NEXT, "server/app", file), "utf8")))
    .filter(({ entry }) => !entry.startsWith("/_"))
    .map(({ entry, files }) => ({
      page: addressOf(entry),
      bytes: [...new Set([...rootMainFiles, ...files])].reduce((sum, file) => sum + compressedBytes(file), 0),
    }));
  const framework = rootMainFiles.reduce((sum, file) => sum + compressedBytes(file), 0);
  return [...pages, { page: FRAMEWORK, bytes: framework }].sort(
    (a, b) => b.bytes - a.bytes || a.page.localeCompare(b.page),
  );
}

/** The section about them. */
export const pageLines = (pages: readonly PageSize[]): string[] => [
  "JavaScript of each page in kB, compressed with gzip, that the browser loads with the page; what comes after, as the charts do, is not",
  "in it.",
  "",
  "| page | kB |",
  "| --- | --- |",
  ...pages.map(({ page, bytes }) => `| ${page} | ${(bytes / 1_000).toFixed(0)} |`),
];
