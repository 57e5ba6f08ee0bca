import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Stands for the stand-in's own address until the script is served: the address is known only then. */
const ADDRESS = "@@STANDIN_URL@@";

const built = new Map<string, Promise<string>>();

/** Bundles one entry for browsers, once per process. */
function bundle(entry: string): Promise<string> {
  const known = built.get(entry);
  if (known) return known;
  const script = build({
    entryPoints: [here(entry)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    define: { STANDIN_URL: JSON.stringify(ADDRESS) },
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? "");
  built.set(entry, script);
  return script;
}

/** The script for the merchant's page. @param publicUrl the stand-in's own origin */
export async function stripeScript(publicUrl: string): Promise<string> {
  return (await bundle("./script/index.ts")).replaceAll(ADDRESS, new URL(publicUrl).origin);
}

/** The script inside the card frame. */
export function frameScript(): Promise<string> {
  return bundle("./frame/main.ts");
}

/** A style sheet that lies beside the code. */
export function styles(name: "./frame/frame.css" | "./pages/pages.css"): Promise<string> {
  return readFile(here(name), "utf8");
}
