import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TenantId } from "@/lib/ids";
import { waitFor } from "@/sandbox/demo/ready";
import { Receiver, SECRET_KEY, startStandIn, stopStandIn } from "../child";
import { forEach, type Instance, startInstance } from "../instances";
import type { Line, Measured, World } from "../line";
import { type Running, startExecutor, startProduct, startSink } from "../servers";
import { makeTenants } from "../tenants";

const TENANTS = 40;
/** The first ones find pages, plans and connections that were not used yet. */
const WARM = 10;
const POLL_MS = 5;
const LONGEST_MS = 60_000;

/** Spends what is there, and waits until the payment is known. @returns milliseconds from before the debit */
async function untilPaid({ sql }: World, instance: Instance, tenantId: TenantId): Promise<number> {
  const startedAt = performance.now();
  await instance.call("spend", tenantId);
  while (performance.now() - startedAt < LONGEST_MS) {
    const [paid] = await sql`select 1 from recharge_attempts
      where tenant_id = ${tenantId} and stripe_payment_intent_id is not null`;
    if (paid) return performance.now() - startedAt;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`no payment within ${LONGEST_MS / 1_000} seconds`);
}

async function measure(world: World): Promise<Measured> {
  if (!existsSync(path.resolve(import.meta.dirname, "../../.next/BUILD_ID"))) return { left: "needs `npm run build`" };
  const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-bench-"));
  const receiver = new Receiver();
  const [sink, standIn] = [await startSink(), await startStandIn(folder, await receiver.listen())];
  const stripe = { STRIPE_SECRET_KEY: SECRET_KEY, STRIPE_API_BASE: standIn.url };
  const running: Running[] = [];
  const instances: Instance[] = [];
  try {
    const executor = await startExecutor(world.url, async (inngestUrl) => {
      const product = await startProduct(inngestUrl, stripe);
      running.push(product);
      return product.port;
    });
    running.push(executor);
    const inngestUrl = `http://127.0.0.1:${executor.port}`;
    const [quiet, live] = [
      startInstance({ ...stripe, INNGEST_BASE_URL: sink.url }),
      startInstance({ ...stripe, INNGEST_BASE_URL: inngestUrl }),
    ];
    instances.push(quiet, live);
    const tenants = await makeTenants(world.sql, TENANTS);
    await forEach(tenants, 4, ({ tenantId }) => quiet.call("prepare", tenantId));
    await world.sql`update payment_methods set fingerprint = tenant_id::text`;
    await waitFor({
      name: "the executor",
      url: `${inngestUrl}/dev`,
      accept: async (answer) => ((await answer.json()) as { functions?: unknown[] }).functions?.length !== 0,
    });
    const values: number[] = [];
    for (const { tenantId } of tenants) values.push((await untilPaid(world, live, tenantId)) / 1_000);
    return { values: values.slice(WARM), unit: "s", note: "app, executor and Stripe's stand-in, each a process" };
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()));
    for (const server of running.reverse()) await server.stop();
    await stopStandIn(standIn.child);
    receiver.close();
    sink.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const latency: Line = {
  name: "latency",
  title: "from a debit that leaves too little to the payment at Stripe",
  goal: { most: 1 },
  measure,
};
