import { createRequire } from "node:module";
import { compileFunction } from "node:vm";
import type { ErrorObject } from "ajv";
import type { ContractCache } from "./cache";
import type { JsonSchema } from "./schema/json-schema";

const require = createRequire(import.meta.url);

export type Validate = ((value: unknown) => boolean) & { errors?: ErrorObject[] | null };

/** Ajv's validators, each compiled when it is first wanted and kept as code: compiling takes 20 times as long as loading. */
export class Validators {
  readonly #loaded = new Map<string, Validate | null>();

  constructor(private readonly cache: ContractCache) {}

  /** Null when there is no schema of this name. */
  get(name: string): Validate | null {
    const known = this.#loaded.get(name);
    if (known !== undefined) return known;
    const schema = this.cache.schema(name);
    const loaded =
      schema &&
      load(
        name,
        this.cache.kept(name, () => codeFor(schema)),
      );
    this.#loaded.set(name, loaded);
    return loaded;
  }
}

function codeFor(schema: JsonSchema): string {
  // Loaded here, because a process whose validators are all kept needs no compiler.
  const { default: Ajv } = require("ajv") as typeof import("ajv");
  const { default: standalone } = require("ajv/dist/standalone") as typeof import("ajv/dist/standalone");
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    validateSchema: false,
    messages: false,
    loopEnum: 4,
    loopRequired: 4,
    code: { source: true, optimize: false },
  });
  return standalone(ajv, ajv.compile(schema));
}

function load(name: string, code: string): Validate {
  const module: { exports: unknown } = { exports: null };
  compileFunction(code, ["module", "require"], { filename: `contract of ${name}` })(module, require);
  return module.exports as Validate;
}
