import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deriveExpandable } from "./derive";

writeFileSync(join(import.meta.dirname, "members.json"), `${JSON.stringify(deriveExpandable(), null, 2)}\n`);
