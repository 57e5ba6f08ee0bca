import path from "node:path";
import { isTest, type Source } from "./sources";

const FORBIDDEN = /(^|-)(utils?|helpers?|common|misc|stuff|shared)(-|\.|$)/;
const PRODUCT = /^(app|components|db|inngest|lib)\//;
const BARRELS = new Set(["db/schema/index.ts", "db/seed/index.ts", "inngest/index.ts"]);
const MAX_LINES = 400;

/** @returns one line for each file whose name, place or size is not as the architecture wants it */
export function badNames(sources: Source[]): string[] {
  return sources.flatMap(({ file, text }) => [...judgeName(file), ...judgeText(file, text)]);
}

function judgeName(file: string): string[] {
  const parts = file.split("/");
  const found: string[] = [];
  for (const part of parts) {
    if (FORBIDDEN.test(part.toLowerCase()))
      found.push(`${file}: "${part}" says nothing; name it after the concept it is about`);
    if (/service/i.test(part) && /\.tsx?$/.test(part))
      found.push(`${file}: no services; name the file after its verb or noun (commands, queries, sync …)`);
  }
  const base = path.posix.basename(file).replace(/(\.(db|property|e2e|spec|test|d|config))*\.tsx?$/, "");
  if (parts[0] === "lib" && !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(base))
    found.push(`${file}: file names in lib are lower-case words joined by hyphens`);
  if (base === "index" && PRODUCT.test(file) && !BARRELS.has(file))
    found.push(`${file}: no barrels; import from the file that holds it`);
  return found;
}

function judgeText(file: string, text: string): string[] {
  const found: string[] = [];
  const lines = text.split("\n").length - 1;
  if (lines > MAX_LINES) found.push(`${file}: ${lines} lines; split it into a folder of verbs`);
  if (!isTest(file) && /\bclass\s+\w+(Service|Manager|Helper)\b/.test(text))
    found.push(`${file}: a class named Service, Manager or Helper; write functions named by their verb`);
  return found;
}
