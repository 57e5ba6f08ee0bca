import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { packageVersion } from "./package/files";
import type { Address } from "./package/generate";
import type { JsonSchema } from "./schema/json-schema";

const FOLDER = path.resolve(import.meta.dirname, "../../../node_modules/.cache/evenkeel-stripe-contract");
const KEPT_MS = 7 * 86_400_000;
const require = createRequire(import.meta.url);

/** Changes with the installed package, the tools that read it and the code here that makes schemas. */
function stateOfInputs(): string {
  const hash = createHash("sha256").update(packageVersion());
  hash.update((require("typescript/package.json") as { version: string }).version);
  for (const folder of ["package", "schema"].map((name) => path.join(import.meta.dirname, name)))
    for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(path.join(folder, file)));
  return hash.digest("hex").slice(0, 16);
}

/** A file for a schema's name, which has characters that no file name may have. */
const fileName = (name: string) => name.replaceAll("/", "~").replaceAll(":", "=");

/** Schemas on disk, so that only the first of many processes has to make them. */
export class ContractCache {
  readonly #read = new Map<string, JsonSchema | null>();

  private constructor(private readonly folder: string) {}

  /** Makes the schemas when there are none of this state: some seconds, once per change of the package. */
  static async open(): Promise<ContractCache> {
    const folder = path.join(FOLDER, stateOfInputs());
    if (!existsSync(folder)) await fill(folder);
    return new ContractCache(folder);
  }

  addresses(): Address[] {
    return JSON.parse(readFileSync(path.join(this.folder, "addresses.json"), "utf8")) as Address[];
  }

  /** Null when there is no schema of this name. */
  schema(name: string): JsonSchema | null {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const file = path.join(this.folder, "schemas", `${fileName(name)}.json`);
    const schema = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as JsonSchema) : null;
    this.#read.set(name, schema);
    return schema;
  }
}

/** Forgets what was made of other states long ago. */
function removeOld(): void {
  if (!existsSync(FOLDER)) return;
  for (const name of readdirSync(FOLDER).map((state) => path.join(FOLDER, state)))
    if (Date.now() - statSync(name).mtimeMs > KEPT_MS) rmSync(name, { recursive: true, force: true });
}

async function fill(folder: string): Promise<void> {
  removeOld();
  const { generate } = await import("./package/generate");
  const { addresses, schemas } = generate();
  const own = `${folder}.${process.pid}`;
  mkdirSync(path.join(own, "schemas"), { recursive: true });
  writeFileSync(path.join(own, "addresses.json"), JSON.stringify(addresses));
  for (const [name, schema] of schemas)
    writeFileSync(path.join(own, "schemas", `${fileName(name)}.json`), JSON.stringify(schema));
  try {
    renameSync(own, folder);
  } catch (error) {
    // Another process was faster; what it made is the same.
    rmSync(own, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
