import { register } from "node:module";

// Loaded before the product by the workers of a hunt; see bugs.ts.
if (process.env.EVENKEEL_LOAD_MISTAKES) {
  const { BUGS } = await import("./bugs.ts");
  register("./hooks.mjs", import.meta.url, { data: BUGS.flatMap((bug) => bug.patches) });
}
