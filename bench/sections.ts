import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const FILE = path.resolve(import.meta.dirname, "../docs/benchmarks.md");

/** The file in its parts: what stands before the first heading of a section, and each section with its heading. */
export function partsOf(text: string): { head: string; sections: Map<string, string> } {
  const [head = "", ...rest] = text.split(/^(?=## )/m);
  return { head, sections: new Map(rest.map((part) => [/^## (.*)/.exec(part)?.[1] ?? "", part])) };
}

const read = () => partsOf(existsSync(FILE) ? readFileSync(FILE, "utf8") : "# Benchmarks\n\n");

function write({ head, sections }: ReturnType<typeof partsOf>): void {
  const parts = [head, ...sections.values()].map((part) => `${part.trimEnd()}\n`);
  writeFileSync(FILE, parts.join("\n"));
}

/** Replaces what stands before the sections of docs/benchmarks.md. */
export const writeHead = (lines: readonly string[]): void => write({ ...read(), head: lines.join("\n") });

/** Replaces a section of docs/benchmarks.md, or adds it at the end. */
export function writeSection(title: string, lines: readonly string[]): void {
  const parts = read();
  parts.sections.set(title, [`## ${title}`, "", ...lines].join("\n"));
  write(parts);
}
