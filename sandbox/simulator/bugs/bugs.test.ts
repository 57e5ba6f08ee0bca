import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { BUGS } from "./bugs";

const ROOT = path.resolve(import.meta.dirname, "../../..");

test.each(BUGS.flatMap(({ name, patches }) => patches.map((patch) => ({ name, ...patch }))))(
  "$name fits $file",
  ({ file, find }) => {
    expect(readFileSync(path.join(ROOT, file), "utf8").split(find)).toHaveLength(2);
  },
);
