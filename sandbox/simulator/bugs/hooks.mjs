import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

let patches = [];

export function initialize(given) {
  patches = given;
}

/** Gives a file of the product with a mistake in it. A mistake that does not fit any more is an error, not a bug that is never found. */
export async function load(url, context, nextLoad) {
  const [address] = url.split("?");
  const own = patches.filter(({ file }) => address.endsWith(`/${file}`));
  if (own.length === 0) return nextLoad(url, context);
  let source = await readFile(fileURLToPath(address), "utf8");
  for (const { file, find, replace } of own) {
    const parts = source.split(find);
    if (parts.length !== 2) throw new Error(`${file} does not contain exactly once: ${find}`);
    source = parts.join(replace);
  }
  const { code } = await transform(source, { loader: "ts", format: "esm", sourcefile: address });
  return { format: "module", source: code, shortCircuit: true };
}
