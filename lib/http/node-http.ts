import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { NodeRequest, sendNodeResponse } from "srvx/node";
import { giveBody, LARGEST_BODY_BYTES } from "./body";
import { knownText } from "./json-response";

/** The headers of a request, repeated ones joined as Node joins them. */
export function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  return headers;
}

/**
 * Reads a body, as far as a handler may want to know it: of one that is too large just enough to tell. The rest of it is read and
 * forgotten, so that the caller hears the refusal and can go on with the connection.
 * @throws when the caller goes away before the end
 */
function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      if (size > LARGEST_BODY_BYTES) return;
      size += chunk.length;
      chunks.push(chunk);
      if (size > LARGEST_BODY_BYTES) resolve(Buffer.concat(chunks));
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
    request.once("close", () => reject(new Error("the caller went away")));
  });
}

/**
 * A request of Node as that of the web, made only as far as it is looked at; its body is for `readBytes` alone, which is how every
 * handler reads one.
 * @throws when the caller goes away before the end of the body
 */
export async function toRequest(request: IncomingMessage): Promise<Request> {
  const { method, headers } = request;
  const hasBody = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
  const body = method === "GET" || method === "HEAD" || !hasBody ? undefined : await readBody(request);
  const asked = new NodeRequest({ req: request });
  if (body) giveBody(asked, body);
  return asked;
}

function writeHead(response: ServerResponse, answer: Response): void {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
}

/**
 * Sends an answer. One whose length is known goes out in one piece, any other as fast as it is read; one that nobody waits for any
 * more, or of which only the head is wanted, is not made to its end.
 * @throws when it breaks off
 */
export async function sendAnswer(response: ServerResponse, answer: Response): Promise<void> {
  if (response.destroyed) {
    await answer.body?.cancel();
    return;
  }
  if (knownText(answer) !== undefined && response.req.method !== "HEAD") return sendNodeResponse(response, answer);
  writeHead(response, answer);
  if (answer.body === null || response.req.method === "HEAD") {
    response.end();
    await answer.body?.cancel();
  } else if (answer.headers.has("content-length")) {
    response.end(Buffer.from(await answer.arrayBuffer()));
  } else {
    await pipeline(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]), response);
  }
}
