import path from "node:path";
import type { Source } from "./sources";

export interface Import {
  /** A path from the root for a file of ours (`lib/money/minor`), else the package's name as written. */
  target: string;
  ours: boolean;
  typeOnly: boolean;
}

const STATEMENT = /^(?:import|export)\s+(type\s)?[^"';]*?\sfrom\s+["']([^"']+)["']|^import\s+["']([^"']+)["']/gm;
const DYNAMIC = /\b(?:import|require)\(\s*["']([^"']+)["']/g;

/** What a file imports. Relative paths and `@/` come out the same. */
export function importsOf({ file, text }: Source): Import[] {
  const statements = [...text.matchAll(STATEMENT)].map((match) => {
    const onlyTypes = /\{([^}]*)\}/.exec(match[0])?.[1];
    const inlineTypes = onlyTypes !== undefined && !/import\s+\w/.test(match[0]) && everyNameIsType(onlyTypes);
    return asImport(file, match[2] ?? match[3] ?? "", Boolean(match[1]) || inlineTypes);
  });
  return [...statements, ...[...text.matchAll(DYNAMIC)].map((match) => asImport(file, match[1] ?? "", false))];
}

function everyNameIsType(names: string): boolean {
  const list = names
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
  return list.length > 0 && list.every((name) => name.startsWith("type "));
}

function asImport(file: string, specifier: string, typeOnly: boolean): Import {
  if (specifier.startsWith("@/")) return { target: specifier.slice(2), ours: true, typeOnly };
  if (specifier.startsWith("."))
    return { target: path.posix.join(path.posix.dirname(file), specifier), ours: true, typeOnly };
  return { target: specifier, ours: false, typeOnly };
}
