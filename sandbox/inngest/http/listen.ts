import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { answer, type Parts, type Reply } from "./routes";

const LARGEST_BODY = 64 * 1024 * 1024;
const KEEP_ALIVE_MS = 120_000;

/** Serves the executor on 127.0.0.1. @param port 0 for a free one */
export async function listen(parts: Parts, port: number): Promise<{ url: string; close(): Promise<void> }> {
  const kind = parts.engine.options.signingKey ? "cloud" : "dev";
  const server = createServer((request, response) => {
    reply(parts, request).then(({ status, body, html }) => {
      const type = html === undefined ? "application/json" : "text/html; charset=utf-8";
      response.writeHead(status, { "content-type": type, "x-inngest-server-kind": kind, "cache-control": "no-store" });
      response.end(html ?? JSON.stringify(body));
    });
  });
  // Longer than clients keep idle connections, so that none is closed under a request that is just being sent.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 5000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => close(server) };
}

async function reply(parts: Parts, request: IncomingMessage): Promise<Reply> {
  try {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    return await answer(parts, request, url, await readBody(request));
  } catch (error) {
    if (error instanceof SyntaxError) return { status: 400, body: { error: "the body is not JSON", status: 400 } };
    parts.engine.log(`${request.method} ${request.url}: ${String(error)}`);
    return { status: 500, body: { error: String(error), status: 500 } };
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new Error("the body is larger than 64 MiB");
    chunks.push(chunk);
  }
  return length ? JSON.parse(Buffer.concat(chunks).toString("utf8")) : undefined;
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
