import { expect, test } from "vitest";
import { LARGEST_LOGO_BYTES, readLogo } from "./logo";

function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(60);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(bytes);
  bytes.write("IHDR", 12);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.write("IEND", 52);
  return bytes;
}

function jpeg(width: number, height: number): Buffer {
  const app0 = Buffer.from([0xff, 0xe0, 0x00, 0x04, 0x00, 0x00]);
  const frame = Buffer.from([0xff, 0xff, 0xc2, 0x00, 0x0b, 0x08, 0, 0, 0, 0, 0x01, 0x01, 0x11, 0x00]);
  frame.writeUInt16BE(height, 6);
  frame.writeUInt16BE(width, 8);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), app0, frame, Buffer.from([0xff, 0xd9])]);
}

test("PNG and JPEG are known by what is in them", () => {
  expect(readLogo(png(300, 100))).toEqual({ type: "image/png" });
  expect(readLogo(jpeg(300, 100))).toEqual({ type: "image/jpeg" });
});

test.each([
  ["a drawing with a script", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  [
    "a page that claims to be a picture",
    Buffer.from("\x89PNG\r\n<html><script>alert(1)</script></html>".padEnd(80), "latin1"),
  ],
  ["a GIF", Buffer.from("GIF89a".padEnd(60))],
  ["a cut PNG", png(10, 10).subarray(0, 50)],
  ["a cut JPEG", jpeg(10, 10).subarray(0, 20)],
  ["nothing", Buffer.alloc(0)],
  ["a picture without pixels", png(0, 10)],
])("%s is none", (_, bytes) => {
  expect(readLogo(bytes)).toEqual({ problem: "not_an_image" });
});

test("neither many bytes nor many pixels", () => {
  expect(readLogo(Buffer.concat([png(10, 10), Buffer.alloc(LARGEST_LOGO_BYTES)]))).toEqual({ problem: "too_large" });
  expect(readLogo(png(4_001, 10))).toEqual({ problem: "too_many_pixels" });
  expect(readLogo(jpeg(60_000, 60_000))).toEqual({ problem: "too_many_pixels" });
});
