import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, Receiver, startStandIn, stopStandIn } from "./child";

/** Whether the Stripe stand-in's memory stays where it is over many requests: `npm run bench:stripe-memory [-- requests]`. */

const REQUESTS = Number(process.argv[2] ?? 200_000);
const REPORTS = 10;
const CLIENTS = 16;
const CUSTOMERS = 200;
/** Too small for anything that grows with the number of requests: the process would end. */
const HEAP = "--max-old-space-size=192";

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_048_576)} MB`.padStart(8);
}

function residentBytes(pid: number): number {
  const [, pages = "0"] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
  return Number(pages) * 4_096;
}

const folder = mkdtempSync(join(tmpdir(), "stripe-memory-"));
const receiver = new Receiver();
const { child, url } = await startStandIn(folder, await receiver.listen(), [HEAP]);
const created = await Promise.all(
  Array.from({ length: CUSTOMERS }, (_, turn) => ask(url, "/v1/customers", { description: String(turn) })),
);
const customers = created.map((body) => (JSON.parse(body) as { id: string }).id);

/** Reading and changing what is there, as an app does all day: every change has its key, its event and its delivery. */
async function request(turn: number): Promise<void> {
  const id = customers[turn % CUSTOMERS] ?? "";
  if (turn % 4 === 0) await ask(url, `/v1/customers/${id}`);
  else if (turn % 50 === 1) await ask(url, "/v1/events?limit=20");
  else await ask(url, `/v1/customers/${id}`, { description: `turn ${turn}`, "metadata[turn]": String(turn) });
}

try {
  for (let report = 1; report <= REPORTS; report++) {
    const until = (REQUESTS / REPORTS) * report;
    const from = until - REQUESTS / REPORTS;
    const client = async (first: number) => {
      for (let turn = from + first; turn < until; turn += CLIENTS) await request(turn);
    };
    await Promise.all(Array.from({ length: CLIENTS }, (_, first) => client(first)));
    const journal = statSync(join(folder, "journal.jsonl")).size;
    console.log(
      `${String(until).padStart(9)} requests   resident ${megabytes(residentBytes(child.pid ?? 0))}   journal ${megabytes(journal)}   ${receiver.received} events delivered`,
    );
  }
} finally {
  await stopStandIn(child);
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
}
