import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Random } from "../simulator/random";

/** Of the events, those that reach two instances at once. */
const DOUBLED = 0.15;

export interface Relay {
  url: string;
  /** Events brought so far; tries that no instance answered well. */
  readonly counts: { events: number; doubled: number; failed: number };
  /** @param urls addresses of the instances */
  serve(urls: readonly string[], random: Random): void;
  close(): void;
}

/** Stands where a load balancer would: brings each webhook to the instances in turn, and some to two of them at the same time. */
export async function startRelay(): Promise<Relay> {
  const counts = { events: 0, doubled: 0, failed: 0 };
  let send: ((path: string, headers: Record<string, string>, body: Buffer) => Promise<number>) | null = null;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = {
      "content-type": request.headers["content-type"] ?? "application/json",
      "stripe-signature": String(request.headers["stripe-signature"] ?? ""),
    };
    const status = send ? await send(request.url ?? "/", headers, Buffer.concat(chunks)) : 503;
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));

  function serve(urls: readonly string[], random: Random): void {
    let turn = 0;
    send = async (path, headers, body) => {
      counts.events++;
      const both = random.chance(DOUBLED);
      if (both) counts.doubled++;
      const chosen = Array.from({ length: both ? 2 : 1 }, () => urls[turn++ % urls.length]);
      const statuses = await Promise.all(
        chosen.map((url) =>
          fetch(`${url}${path}`, { method: "POST", headers, body: new Uint8Array(body) })
            .then(async (answer) => {
              await answer.arrayBuffer();
              return answer.status;
            })
            .catch(() => 502),
        ),
      );
      const worst = Math.max(...statuses);
      if (worst >= 400) counts.failed++;
      return worst;
    };
  }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, counts, serve, close };
}
