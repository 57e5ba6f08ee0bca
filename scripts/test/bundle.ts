import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Count } from "./counts";

const PRODUCT = ["app", "components", "db", "i18n.ts", "inngest", "instrumentation.ts", "lib", "messages", "proxy.ts"];
const FORBIDDEN = ["sandbox", "e2e", "bench", "scripts"];
/** So many that nobody says the same by chance. */
const WORDS = 4;

export interface Findings {
  /** Source files that the build says it is made of. */
  sources: number;
  /** What does not belong there, and how it shows. */
  found: string[];
}

/**
 * Looks for stand-ins, tests and scripts in a production build: in its source maps, in the lists of files that it needs at run
 * time, and by sentences of theirs in its code.
 * @param root the repository @param build folder of the build, `.next`
 */
export function examineBundle(root: string, build: string): Findings {
  const files = ["server", "static"].flatMap((part) => filesBelow(path.join(build, part)));
  const sources = new Set(files.flatMap((file) => namedIn(file)).map((file) => path.relative(root, file)));
  const code = files.filter((file) => /\.[cm]?js$/.test(file)).map((file) => readFileSync(file, "utf8"));
  const foreign = [...sources].filter((source) => FORBIDDEN.includes(source.split(path.sep)[0] ?? ""));
  const spoken = [...markers(root)].filter(([, marker]) => code.some((text) => text.includes(marker)));
  return {
    sources: [...sources].filter((source) => /^lib\b/.test(source)).length,
    found: [
      ...foreign.map((source) => `${source} is part of the build`),
      ...spoken.map(([source, marker]) => `${source} speaks in the build: "${marker}"`),
    ],
  };
}

/** Files that a source map or a list of traced files names. */
function namedIn(file: string): string[] {
  if (!/\.(map|nft\.json)$/.test(file)) return [];
  const content = JSON.parse(readFileSync(file, "utf8")) as SourceMap & { files?: string[] };
  return [...(content.files ?? []), ...sourcesOf(content)].map((name) =>
    path.resolve(path.dirname(file), decodeURIComponent(name)),
  );
}

interface SourceMap {
  sources?: string[];
  sections?: { map: SourceMap }[];
}

function sourcesOf({ sources = [], sections = [] }: SourceMap): string[] {
  return [...sources, ...sections.flatMap((section) => sourcesOf(section.map))];
}

/** Of every forbidden file the longest sentence that no file of the product has; minifiers keep texts as they are. */
function markers(root: string): Map<string, string> {
  const files = PRODUCT.flatMap((part) => filesBelow(path.join(root, part)));
  const product = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const own = new Map<string, string>();
  for (const file of FORBIDDEN.flatMap((folder) => filesBelow(path.join(root, folder)))) {
    if (!/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) continue;
    const longest = sentences(file).find((sentence) => !product.includes(sentence));
    if (longest) own.set(path.relative(root, file), longest);
  }
  return own;
}

/** A file's plain texts, longest first. */
function sentences(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022));
  return found
    .filter((text) => text.trim().split(" ").length >= WORDS && /^[\w ,.:;()/-]+$/.test(text))
    .sort((one, other) => other.length - one.length);
}

function filesBelow(place: string): string[] {
  if (!existsSync(place)) return [];
  if (path.extname(place) === ".ts") return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** The build that the end-to-end tests ran on. A build that cannot be read, in which not even `lib` is found, is a failure. */
export function bundleCount(root: string): Count {
  const { sources, found } = examineBundle(root, path.join(root, ".next"));
  console.log(`\n▸ Production build: ${sources} files of lib in it, ${found.length} of the sandbox, tests and scripts`);
  for (const line of found) console.error(`  ${line}`);
  const failed = found.length > 0 || sources === 0 ? 1 : 0;
  return { passed: 1 - failed, failed };
}
