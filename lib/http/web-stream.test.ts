import { PassThrough, Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { webStream } from "./web-stream";

const text = (stream: Readable) => new Response(webStream(stream)).text();

test("everything comes, in order", async () => {
  expect(await text(Readable.from([Buffer.from("a"), Buffer.from("b"), Buffer.from("c")]))).toBe("abc");
});

test("an error reaches who reads", async () => {
  const stream = new PassThrough();
  stream.write("a");
  setImmediate(() => stream.destroy(new Error("broken")));
  await expect(text(stream)).rejects.toThrow("broken");
});

test("one that is cancelled is over, whatever is still on its way, and ends nothing else", async () => {
  const thrown: unknown[] = [];
  const hear = (error: unknown) => thrown.push(error);
  process.on("uncaughtException", hear);
  const stream = new Readable({ read() {} });
  for (const chunk of ["a", "b", null]) stream.push(chunk);
  await webStream(stream).cancel();
  await pause(50);
  process.off("uncaughtException", hear);
  expect(thrown).toEqual([]);
  expect(stream.destroyed).toBe(true);
});

test("an error after the end of interest is nobody's", async () => {
  const stream = new PassThrough();
  await webStream(stream).cancel();
  stream.emit("error", new Error("too late"));
  expect(stream.destroyed).toBe(true);
});
