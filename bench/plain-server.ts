import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import postgres from "postgres";

/** What a request costs at the least: Node's own server, one statement of the database, nothing else. `plain-server.ts port` */

const sql = postgres(String(process.env.DATABASE_URL), { max: Number(process.env.DATABASE_POOL), onnotice: () => {} });

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}

async function post(request: IncomingMessage) {
  const { account, amount, key } = JSON.parse(await bodyOf(request)) as {
    account: number;
    amount: number;
    key: string;
  };
  const [row] =
    await sql`select bench.post(${account}::int, ${account + 1}::int, ${amount}::bigint, ${key}) as balance`;
  return { balance: row?.balance };
}

async function read(request: IncomingMessage) {
  const account = Number(request.url?.split("/")[2]);
  const [row] = await sql`select balance, version from bench.accounts where id = ${account}::int`;
  return { account, balance: row?.balance };
}

async function webhook(request: IncomingMessage) {
  const body = await bodyOf(request);
  const [, at, signature] = /^t=(\d+),v1=(\w+)$/.exec(String(request.headers["stripe-signature"])) ?? [];
  const expected = createHmac("sha256", String(process.env.STRIPE_WEBHOOK_SECRET)).update(`${at}.${body}`).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature ?? "", "hex"))) throw new Error("signature");
  const event = JSON.parse(body) as { id: string; type: string };
  await sql`insert into bench.events (id, type, body) values (${event.id}, ${event.type}, ${body}) on conflict do nothing`;
  return { received: true };
}

const WORK: Record<string, (request: IncomingMessage) => Promise<unknown>> = { post, read, webhook };

createServer(async (request, response) => {
  try {
    const answer = await WORK[request.url?.split("/")[1] ?? ""]?.(request);
    const text = JSON.stringify(answer);
    response
      .writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
      .end(text);
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
}).listen(Number(process.argv[2]), "127.0.0.1");
