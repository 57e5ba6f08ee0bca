export type LogoType = "image/png" | "image/jpeg";

export const LARGEST_LOGO_BYTES = 200 * 1024;
/** Enough for print, and little enough that a small file cannot unfold into gigabytes. */
const LARGEST_SIDE = 4_000;

export type LogoProblem = "too_large" | "not_an_image" | "too_many_pixels";

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function pngSize(bytes: Buffer): [number, number] | null {
  if (!bytes.subarray(0, 8).equals(PNG) || bytes.length < 45) return null;
  if (bytes.toString("latin1", 12, 16) !== "IHDR" || !bytes.subarray(-12).toString("latin1").includes("IEND"))
    return null;
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

/** Start-of-frame markers tell the size (ITU-T T.81, table B.1); C4, C8 and CC are none. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(bytes: Buffer): [number, number] | null {
  if (bytes.length < 20 || bytes.readUInt16BE(0) !== 0xffd8 || bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0)
    return null;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker)) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** Looks at what a file is, not at what it says it is. @returns its type, or why it cannot be a logo */
export function readLogo(bytes: Buffer): { type: LogoType } | { problem: LogoProblem } {
  if (bytes.length > LARGEST_LOGO_BYTES) return { problem: "too_large" };
  const png = pngSize(bytes);
  const size = png ?? jpegSize(bytes);
  if (!size || size.includes(0)) return { problem: "not_an_image" };
  if (Math.max(...size) > LARGEST_SIDE) return { problem: "too_many_pixels" };
  return { type: png ? "image/png" : "image/jpeg" };
}
