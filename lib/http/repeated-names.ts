import { invalid } from "@/lib/errors";

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];

/** How many members the objects of a JSON text have: outside of strings, each has its colon and nothing else has one. */
function membersOfText(json: Uint8Array): number {
  let members = 0;
  let isString = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) isString = !isString;
    else if (isString && byte === BACKSLASH) at++;
    else if (!isString && byte === COLON) members++;
  }
  return members;
}

function membersOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let members = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const part of Object.values(value)) members += membersOf(part);
  return members;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

/** The dotted path of the first name that an object has twice. */
function repeatedPath(json: string): string {
  const above: { names: Set<string> | null; at: string | number }[] = [];
  let isName = false;
  for (const [token] of json.matchAll(TOKEN)) {
    const inside = above.at(-1);
    if (token === "{" || token === "[") above.push({ names: token === "{" ? new Set() : null, at: 0 });
    else if (token === "}" || token === "]") above.pop();
    else if (token === "," && typeof inside?.at === "number") inside.at++;
    else if (isName && inside?.names) {
      inside.at = JSON.parse(token) as string;
      if (inside.names.has(inside.at)) return above.map(({ at }) => at).join(".");
      inside.names.add(inside.at);
    }
    isName = token === "{" || (token === "," && above.at(-1)?.names != null);
  }
  return "";
}

/**
 * JSON.parse takes the last of two members of one name without a trace; which amount was meant is nobody's to guess. What was read
 * has fewer members then than its text, and only then is the name looked for.
 * @param value what JSON.parse read of the text, known not to be nested deep
 * @throws AppError invalid_request naming the field
 */
export function refuseRepeatedNames(json: Uint8Array, value: unknown): void {
  if (membersOfText(json) !== membersOf(value))
    throw invalid(repeatedPath(new TextDecoder().decode(json)), "is given more than once");
}
