import { AppError, invalid } from "@/lib/errors";
import { refuseRepeatedNames } from "./repeated-names";
import { isUnstorable } from "./text";

export const LARGEST_BODY_BYTES = 1024 * 1024;

/** Bodies that were read before their request was made: to put one into a request and read it out again takes longer than both. */
const bodies = new WeakMap<Request, Buffer>();

/** Says what the body of a request is, one that was made without. At most as much of it as tells that it is too large. */
export function giveBody(request: Request, bytes: Buffer): void {
  bodies.set(request, bytes);
}

/** Reads a body, at most 1 MiB, whatever Content-Length claims. @throws AppError payload_too_large */
export async function readBytes(request: Request): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > LARGEST_BODY_BYTES) throw new AppError("payload_too_large");
  const given = bodies.get(request);
  if (given && given.length > LARGEST_BODY_BYTES) throw new AppError("payload_too_large");
  if (given) return given;
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > LARGEST_BODY_BYTES) throw new AppError("payload_too_large");
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

const isJson = (contentType: string | null) => /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType ?? "");

// A number is taken whole, exponent or not: looking for exponents alone would begin anew at each digit of a long one.
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?[\d.]+([eE][+-]?\d+)?/g;

/**
 * JSON.parse turns 1e3 into 1000 without a trace; amounts in exponents are refused, so they are looked for in the text. To name the
 * field, a NUL takes the place of such a number: no other text of the body has one.
 */
function exponentPath(json: string): string | null {
  const marked = json.replace(STRING_OR_NUMBER, (token, exponent?: string) => (exponent ? '"\\u0000"' : token));
  return marked === json ? null : pathOfText(JSON.parse(marked), (text) => text === "\0");
}

/** Nothing that anybody is asked for is nested deeper; what walks through a body may count on it. */
const DEEPEST = 32;

/**
 * The dotted path of the first text, or of the first name of a field, that is so; null: none is.
 * @throws AppError invalid_request when it is nested too deep
 */
function pathOfText(value: unknown, isSo: (text: string) => boolean, path: string[] = []): string | null {
  if (typeof value === "string") return isSo(value) ? path.join(".") : null;
  if (!value || typeof value !== "object") return null;
  if (path.length === DEEPEST) throw invalid(path.join("."), "is nested too deep");
  for (const [key, part] of Object.entries(value)) {
    const below = [...path, key];
    const found = isSo(key) ? below.join(".") : pathOfText(part, isSo, below);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Reads a JSON body; no body at all counts as `{}`.
 * @throws AppError payload_too_large · unsupported_media_type · malformed_json · invalid_request (a number with an exponent,
 * characters that are not text, nested too deep, a name given twice)
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) return {};
  if (!isJson(request.headers.get("content-type"))) throw new AppError("unsupported_media_type");
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw new AppError("malformed_json");
  }
  const unstorable = pathOfText(value, isUnstorable);
  if (unstorable !== null) throw invalid(unstorable, "has characters that are not text");
  const exponent = exponentPath(text);
  if (exponent !== null) throw invalid(exponent, "must be written without an exponent");
  refuseRepeatedNames(bytes, value);
  return value;
}
