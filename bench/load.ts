import { connect, type Socket } from "node:net";

/** The length of the answer that begins a buffer, or null while it is not whole. @throws when it is no 200 with a length */
function answerLength(received: Buffer): number | null {
  const end = received.indexOf("\r\n\r\n");
  if (end === -1) return null;
  const head = received.toString("latin1", 0, end);
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (!/^HTTP\/1\.1 200 /.test(head) || !length)
    throw new Error(`unexpected answer: ${received.toString("utf8").slice(0, 600)}`);
  return received.length < end + 4 + Number(length) ? null : end + 4 + Number(length);
}

function ask(socket: Socket, bytes: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const done = (error?: unknown) => {
      socket.removeAllListeners("data");
      socket.removeAllListeners("error");
      socket.removeAllListeners("close");
      if (error) reject(error);
      else resolve();
    };
    socket.on("error", done);
    socket.on("close", () => done(new Error("the server hung up")));
    socket.on("data", (chunk: Buffer) => {
      received = received.length ? Buffer.concat([received, chunk]) : chunk;
      try {
        if (answerLength(received) !== null) done();
      } catch (error) {
        done(error);
      }
    });
    socket.write(bytes);
  });
}

/** A request as it goes over the wire. */
export function requestBytes(method: string, target: string, headers: Record<string, string>, body = ""): string {
  const all = { host: "127.0.0.1", ...headers, ...(body && { "content-length": String(Buffer.byteLength(body)) }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}

/**
 * Asks on so many connections at once, each time anew: sockets and next to nothing else, so that the processor is left to the server.
 * @returns answers per second @throws when one is no 200
 */
export async function load(port: number, connections: number, seconds: number, next: () => string): Promise<number> {
  const sockets = await Promise.all(
    Array.from({ length: connections }, () => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      return new Promise<Socket>((resolve, reject) =>
        socket.once("connect", () => resolve(socket)).once("error", reject),
      );
    }),
  );
  const startedAt = performance.now();
  let answers = 0;
  try {
    await Promise.all(
      sockets.map(async (socket) => {
        socket.removeAllListeners("error");
        while (performance.now() < startedAt + seconds * 1_000) {
          await ask(socket, next());
          answers += 1;
        }
      }),
    );
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  return answers / ((performance.now() - startedAt) / 1_000);
}
