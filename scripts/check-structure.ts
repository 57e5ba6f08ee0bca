import path from "node:path";
import { en } from "@/messages/en";
import { zhCN } from "@/messages/zh-CN";
import { brokenImports } from "./structure/import-law";
import { unequalMessages } from "./structure/messages";
import { badNames } from "./structure/names";
import { brokenRules } from "./structure/rules";
import { readSources } from "./structure/sources";

// The part of the architecture that no linter rule expresses. Every line says where the code belongs instead.
const root = path.resolve(import.meta.dirname, "..");
const sources = readSources(root);
const found = [...brokenImports(sources), ...badNames(sources), ...brokenRules(sources), ...unequalMessages(en, zhCN)];

for (const line of found) console.error(line);
console.log(
  found.length === 0
    ? `structure: ${sources.length} files, nothing to object`
    : `structure: ${found.length} objections`,
);
process.exit(found.length === 0 ? 0 : 1);
