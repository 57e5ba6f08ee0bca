import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { brotliCompressSync, gzipSync } from "node:zlib";

type Sizes = { gzip: number; brotli: number };
/** What a page loads before it can be used, in bytes as sent; what it loads later is not in it. */
export type PageSize = Sizes & { page: string };

type Manifest = { entryJSFiles?: Record<string, string[]> };

const ROOT = path.resolve(import.meta.dirname, "..");
const NEXT = path.join(ROOT, ".next");

const compressed = new Map<string, Sizes>();
function compressedBytes(file: string): Sizes {
  const known = compressed.get(file);
  if (known) return known;
  const script = readFileSync(path.join(NEXT, file));
  const bytes = { gzip: gzipSync(script).length, brotli: brotliCompressSync(script).length };
  compressed.set(file, bytes);
  return bytes;
}

const together = (files: Iterable<string>): Sizes =>
  [...files]
    .map(compressedBytes)
    .reduce((sum, one) => ({ gzip: sum.gzip + one.gzip, brotli: sum.brotli + one.brotli }), {
      gzip: 0,
      brotli: 0,
    });

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
      ...together(new Set([...rootMainFiles, ...files])),
    }));
  return [...pages, { page: FRAMEWORK, ...together(rootMainFiles) }].sort(
    (a, b) => b.gzip - a.gzip || a.page.localeCompare(b.page),
  );
}

/** The section about them. */
export const pageLines = (pages: readonly PageSize[]): string[] => [
  "JavaScript of each page in kB, compressed, that the browser loads with the page; what comes after, as the charts and the dialogs do,",
  "is not in it. Brotli is what is sent to every browser of these years, gzip to whoever does not read it.",
  "",
  "| page | gzip | Brotli |",
  "| --- | --- | --- |",
  ...pages.map(
    ({ page, gzip, brotli }) => `| ${page} | ${(gzip / 1_000).toFixed(0)} | ${(brotli / 1_000).toFixed(0)} |`,
  ),
];
