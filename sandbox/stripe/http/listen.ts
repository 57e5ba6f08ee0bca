import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { newId } from "../state/ids";
import { type Answer, errorAnswer } from "./answer";
import { invalidRequest } from "./errors";

const MAX_BODY_BYTES = 2_000_000;

/** A request whose body has been read. */
export interface PlainRequest {
  method: string;
  url: URL;
  headers: Record<string, string | undefined>;
  body: string;
  ipAddress: string;
}

/** An answer of text, or of bytes. */
export type WireAnswer = Omit<Answer, "body"> & { body: string | Uint8Array };

export type Handler = (request: PlainRequest) => Promise<WireAnswer | "reset" | "silence">;

/** @returns null for a body that is too large, which is read to its end so that the client gets to see the answer */
async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) return null;
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(): Answer {
  const { headers, ...answer } = errorAnswer(invalidRequest("The request body is too large.", { status: 413 }));
  return { ...answer, headers: { ...headers, "request-id": newId("req").slice(0, 18) } };
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, handler: Handler): Promise<void> {
  const body = await readBody(incoming);
  if (body === null) {
    const { status, headers, body: text } = tooLarge();
    outgoing.writeHead(status, headers).end(text);
    return;
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  const url = new URL(incoming.url ?? "/", `http://${headers.host ?? "127.0.0.1"}`);
  const answer = await handler({
    method: incoming.method ?? "GET",
    url,
    headers,
    body,
    ipAddress: incoming.socket.remoteAddress ?? "127.0.0.1",
  });
  if (answer === "silence") return;
  if (answer === "reset") incoming.socket.resetAndDestroy();
  else outgoing.writeHead(answer.status, answer.headers).end(answer.body);
}

/** Listens on the loopback interface. @param port 0 for a free one */
export async function listen(port: number, handler: Handler): Promise<{ server: Server; port: number }> {
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, handler).catch((error: unknown) => {
      console.error("stripe stand-in:", error);
      if (!outgoing.headersSent) outgoing.writeHead(500, { "content-type": "application/json" });
      outgoing.end(JSON.stringify({ error: { type: "api_error", message: "The stand-in failed." } }));
    });
  });
  // Clients that keep connections would otherwise meet one that was closed a moment ago.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}
