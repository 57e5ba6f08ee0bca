import { register } from "node:module";

// Loaded before the product, by a worker that is told to make a mistake; see bugs.ts.
const name = process.env.EVENKEEL_SIMULATED_BUG;
if (name) {
  const { BUGS } = await import("./bugs.ts");
  const bug = BUGS.find((one) => one.name === name);
  if (!bug) throw new Error(`no such bug: ${name}`);
  register("./hooks.mjs", import.meta.url, { data: bug.patches });
}
