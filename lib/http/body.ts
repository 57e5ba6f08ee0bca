import { AppError, invalid } from "@/lib/errors";

export const LARGEST_BODY_BYTES = 1024 * 1024;

/** Reads a body, at most 1 MiB, whatever Content-Length claims. @throws AppError payload_too_large */
export async function readBytes(request: Request): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > LARGEST_BODY_BYTES) throw new AppError("payload_too_large");
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

/** JSON.parse turns 1e3 into 1000 without a trace; amounts in exponents are refused, so they are looked for in the text. */
const hasExponent = (json: string) => /[\d.][eE][+-]?\d/.test(json.replace(/"(?:[^"\\]|\\.)*"/g, '""'));

/**
 * Reads a JSON body; no body at all counts as `{}`.
 * @throws AppError payload_too_large · unsupported_media_type · malformed_json · invalid_request (a number with an exponent)
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
  refuseUnstorable(value, "");
  if (hasExponent(text)) throw invalid("", "numbers are written without an exponent");
  return value;
}

/** PostgreSQL stores no NUL, and half a surrogate pair is no text at all. @throws AppError invalid_request naming the field */
function refuseUnstorable(value: unknown, path: string): void {
  if (typeof value === "string") {
    if (value.includes("\0") || !value.isWellFormed()) throw invalid(path, "has characters that are not text");
  } else if (value && typeof value === "object") {
    for (const [key, part] of Object.entries(value)) {
      const below = path ? `${path}.${key}` : key;
      refuseUnstorable(key, below);
      refuseUnstorable(part, below);
    }
  }
}
