import type { Readable } from "node:stream";

/**
 * A stream of Node as one of the web. Node's own `Readable.toWeb` throws outside of everything, and so ends the process, when it is
 * cancelled while data is still on its way; here whatever comes after that is dropped.
 */
export function webStream(stream: Readable): ReadableStream<Uint8Array> {
  // Whoever reads hears of an error; when nobody reads any more, nobody needs to.
  stream.on("error", () => {});
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      stream.destroy();
    },
  });
}
