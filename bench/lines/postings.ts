import { debit, debitBatch } from "@/lib/balance/commands";
import { newId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import { pgbench } from "../limit/pgbench";
import { ACCOUNTS, createLimit, SCRIPTS } from "../limit/postings";
import { inTurn, type Line, rate, type World } from "../line";
import { makeTenants } from "../tenants";

const CLIENTS = 8;
const amountMinor = toMinor(100);
const input = () => ({ sourceId: newId(), amountMinor });

let tenants: ReturnType<typeof makeTenants> | undefined;
/** The same accounts for every line about postings, on both sides. */
export function accounts({ sql }: World) {
  tenants ??= (async () => {
    await createLimit(sql);
    const made = await makeTenants(sql, ACCOUNTS);
    await sql.unsafe("analyze");
    return made;
  })();
  return tenants;
}

type Posting = Pick<Line, "name" | "title" | "goal"> & {
  callers: number;
  size: number;
  hot: boolean;
  limit: keyof typeof SCRIPTS;
};

const posting = ({ name, title, goal, callers, size, hot, limit }: Posting): Line => ({
  name,
  title,
  goal,
  async measure(world) {
    const scopes = await accounts(world);
    const pick = () => {
      const scope = scopes[hot ? 0 : Math.floor(Math.random() * scopes.length)];
      if (!scope) throw new Error("there are no tenants");
      return scope;
    };
    const work =
      size === 1 ? () => debit(pick(), input()) : () => debitBatch(pick(), Array.from({ length: size }, input));
    const runs = await inTurn(
      world.rounds,
      () => rate(callers, world.seconds, work, size),
      () => pgbench(world.url, SCRIPTS[limit], { clients: CLIENTS, seconds: world.seconds }),
    );
    return { ...runs, unit: "postings/s" };
  },
});

export const postings: Line[] = [
  posting({
    name: "debit",
    title: "single debit ÷ pgbench, one function",
    goal: { least: 0.65 },
    callers: 64,
    size: 1,
    hot: false,
    limit: "uniform",
  }),
  posting({
    name: "batch-100",
    title: "batches of 100 ÷ pgbench, one function",
    goal: { least: 1.8 },
    callers: CLIENTS,
    size: 100,
    hot: false,
    limit: "uniform",
  }),
  posting({
    name: "batch-100-hot",
    title: "batches of 100 on one account ÷ pgbench on one account",
    goal: { least: 4 },
    callers: CLIENTS,
    size: 100,
    hot: true,
    limit: "hot",
  }),
  posting({
    name: "batch-1000",
    title: "batches of 1,000 ÷ pgbench, one function",
    goal: { least: 2.3 },
    callers: CLIENTS,
    size: 1_000,
    hot: false,
    limit: "uniform",
  }),
  posting({
    name: "hot",
    title: "one account, 32 callers ÷ pgbench on one account, 8 clients",
    goal: { least: 1.5 },
    callers: 32,
    size: 1,
    hot: true,
    limit: "hot",
  }),
];
