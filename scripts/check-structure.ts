import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { brokenImports } from "./structure/import-law";
import { unequalMessages } from "./structure/messages";
import { badNames } from "./structure/names";
import { brokenRules } from "./structure/rules";
import { readSources } from "./structure/sources";

// The part of the architecture that no linter rule expresses. Every line says where the code belongs instead.
const root = path.resolve(import.meta.dirname, "..");
const sources = readSources(root);
const found = [...brokenImports(sources), ...badNames(sources), ...brokenRules(sources), ...unequalLanguages()];

for (const line of found) console.error(line);
console.log(
  found.length === 0
    ? `structure: ${sources.length} files, nothing to object`
    : `structure: ${found.length} objections`,
);
process.exit(found.length === 0 ? 0 : 1);

function unequalLanguages(): string[] {
  const [en, zh] = ["en", "zh-CN"].map((language) => path.join(root, "messages", `${language}.json`));
  if (!en || !zh || !existsSync(en) || !existsSync(zh))
    return ["messages/en.json and messages/zh-CN.json must both exist"];
  return unequalMessages(JSON.parse(readFileSync(en, "utf8")), JSON.parse(readFileSync(zh, "utf8")));
}
