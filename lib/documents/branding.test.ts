import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { contrast, readableOnWhite, textOn, WHITE } from "./colour";
import { invoicePdf } from "./invoice-pdf";
import { isReadablePng } from "./logo";
import { invoice, line, readPdf } from "./testing";

describe("branding", () => {
  test("a colour that cannot be read is darkened until it can", () => {
    for (const colour of ["#ffd400", "#ffffff", "#00ff00", "#7fffd4", "#0b6b70", "#000000"])
      expect(contrast(readableOnWhite(colour), WHITE)).toBeGreaterThanOrEqual(4.5);
    expect(readableOnWhite("#0b6b70")).toBe("#0b6b70");
    expect(textOn("#0b6b70")).toBe(WHITE);
    expect(textOn("#ffd400")).not.toBe(WHITE);
  });

  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(type, 4, "latin1");
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const png = (pixels: Buffer, { width = 2, height = 2, colours = 6, interlaced = 0 } = {}) => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width);
    header.writeUInt32BE(height, 4);
    header.set([8, colours, 0, 0, interlaced], 8);
    const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    return Buffer.concat([
      start,
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(pixels)),
      chunk("IEND", Buffer.alloc(0)),
    ]);
  };
  const good = png(Buffer.from([0, 255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 0, 255, 255, 9, 9, 9, 9]));

  test("a logo is drawn in the place of the name", async () => {
    const { text, bytes } = await readPdf(
      invoicePdf({ ...invoice([line()]), look: { colour: null, footer: null, logo: good } }),
    );
    expect(bytes.toString("latin1")).toContain("/Subtype /Image");
    expect(text.split("\n")[0]).not.toContain("Evenkeel");
  });

  test.each([
    ["cut off", good.subarray(0, good.length - 30)],
    ["with a broken filter", png(Buffer.from([9, 255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 0, 255, 255, 9, 9, 9, 9]))],
    ["with too few pixels", png(Buffer.from([0, 255, 0, 0]))],
    ["that is none", Buffer.from("not a picture at all, whatever it is called")],
    ["of two bytes", Buffer.from([1, 2])],
    ["as JPEG that is none", Buffer.from([0xff, 0xd8, 1, 2, 3, 4])],
  ])("a logo %s is left out, and nothing else happens", async (_, logo) => {
    const { text } = await readPdf(invoicePdf({ ...invoice([line()]), look: { colour: null, footer: null, logo } }));
    expect(text).toContain("Evenkeel Ltd");
  });

  test("interlaced pictures are read by their passes", () => {
    // 2 × 2 pixels: the first pass has one, the sixth one, the seventh two.
    const pixels = Buffer.from([0, 1, 1, 1, 255, 0, 2, 2, 2, 255, 0, 3, 3, 3, 255, 4, 4, 4, 255]);
    expect(isReadablePng(png(pixels, { interlaced: 1 }))).toBe(true);
    pixels[10] = 7;
    expect(isReadablePng(png(pixels, { interlaced: 1 }))).toBe(false);
  });
});
