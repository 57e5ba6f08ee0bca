import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

// The last part of a build: what browsers load with a page is compressed once and at its best, and not with each request.
const folder = path.resolve(import.meta.dirname, "../.next/static");
const compress = promisify(brotliCompress);

async function writeCompressed(file) {
  await writeFile(`${file}.br`, await compress(await readFile(file)));
}

const files = await readdir(folder, { recursive: true });
await Promise.all(
  files.filter((file) => /\.(js|css)$/.test(file)).map((file) => writeCompressed(path.join(folder, file))),
);
