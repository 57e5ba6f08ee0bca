import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Folder of the installed `stripe` package. */
export const PACKAGE_FOLDER = folderOf(createRequire(import.meta.url).resolve("stripe"));

/** Declarations of the whole package. */
export const TYPES_ENTRY = path.join(PACKAGE_FOLDER, "esm", "stripe.esm.node.d.ts");

function folderOf(file: string): string {
  let folder = path.dirname(file);
  while (!existsSync(path.join(folder, "OPENAPI_VERSION"))) folder = path.dirname(folder);
  return folder;
}

/** What makes one installation's types differ from another's: version of the package and of Stripe's own description. */
export function packageVersion(): string {
  return ["VERSION", "OPENAPI_VERSION"].map((file) => readFileSync(path.join(PACKAGE_FOLDER, file), "utf8")).join(" ");
}

/** The classes that make requests, as JavaScript; each has its types beside it (`.d.ts`). */
export function resourceFiles(): string[] {
  const folder = path.join(PACKAGE_FOLDER, "esm", "resources");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .map((file) => path.join(folder, file));
}
