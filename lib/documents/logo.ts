import { inflateSync } from "node:zlib";

const PNG_START = 8;
const LARGEST_BYTES = 128 * 1024 * 1024;
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** The first column and row, and the steps, of an interlaced image's passes (PNG, 8.2). */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function chunksOf(bytes: Buffer): { header: Buffer; data: Buffer } | null {
  const data: Buffer[] = [];
  let header: Buffer | null = null;
  for (let at = PNG_START; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (body.length < length) return null;
    if (type === "IHDR" && length === 13) header = body;
    if (type === "IDAT") data.push(body);
    if (type === "IEND") return header ? { header, data: Buffer.concat(data) } : null;
    at += 12 + length;
  }
  return null;
}

/**
 * Whether a PNG can be unpacked to the end. The library throws where nobody can catch it when it finds out by itself, so a broken
 * picture would end the process instead of being left out.
 */
export function isReadablePng(bytes: Buffer): boolean {
  const chunks = chunksOf(bytes);
  if (chunks?.header[10] !== 0 || chunks.header[11] !== 0) return false;
  const [width, height] = [chunks.header.readUInt32BE(0), chunks.header.readUInt32BE(4)];
  const channels = CHANNELS[chunks.header[9] ?? -1];
  if (!channels || !width || !height) return false;
  const bits = channels * (chunks.header[8] ?? 0);
  const passes = chunks.header[12] === 1 ? PASSES : [[0, 0, 1, 1] as const];
  try {
    const pixels = inflateSync(chunks.data, { maxOutputLength: LARGEST_BYTES });
    let at = 0;
    for (const [x, y, dx, dy] of passes) {
      const columns = Math.ceil((width - x) / dx);
      const rows = Math.ceil((height - y) / dy);
      if (columns <= 0) continue;
      // Each row begins with the number of its filter; there are five.
      for (let row = 0; row < rows; row++, at += 1 + Math.ceil((columns * bits) / 8))
        if ((pixels[at] ?? 255) > 4) return false;
    }
    return at <= pixels.length;
  } catch {
    return false;
  }
}
