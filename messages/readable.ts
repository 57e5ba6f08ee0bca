import compile from "icu-minify/compile";
import formatMessage from "use-intl/format-message";

interface Tree {
  [key: string]: string | Tree;
}
const kept = new WeakMap<object, object>();

const compiled = (tree: Tree): object =>
  Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, typeof value === "string" ? compile(value) : compiled(value)]),
  );

/**
 * Messages as the formatter at hand reads them. The build takes the small one, which the browser loads in place of a parser
 * (next.config.ts): it wants them parsed. Scripts and tests take the one that reads them as they are written.
 */
export function readable<T extends Tree>(messages: T): T {
  if (formatMessage.raw) return messages;
  // Through JSON, as plain objects: React hands the browser no others.
  const ready = kept.get(messages) ?? JSON.parse(JSON.stringify(compiled(messages)));
  kept.set(messages, ready);
  return ready as T;
}
