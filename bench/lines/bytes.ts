import { debit } from "@/lib/balance/commands";
import { newId } from "@/lib/ids";
import { toMinor } from "@/lib/money/minor";
import type { Line, World } from "../line";
import { accounts } from "./postings";

const POSTINGS = 20_000;
const TABLES = ["ledger_accounts", "ledger_transactions", "ledger_entries"];

async function post(world: World): Promise<void> {
  const scopes = await accounts(world);
  let left = POSTINGS;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (left-- > 0) {
        const scope = scopes[left % scopes.length];
        if (scope) await debit(scope, { sourceId: newId(), amountMinor: toMinor(100) });
      }
    }),
  );
}

/** What the log of a posting takes, without the images of whole pages that the first change after a checkpoint adds. */
async function walOf(world: World, work: () => Promise<void>): Promise<number> {
  const { sql } = world;
  await sql.unsafe("checkpoint");
  const at = async () => {
    const [row] = await sql<{ bytes: number }[]>`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes`;
    return row?.bytes ?? 0;
  };
  const before = await at();
  await work();
  return (await at()) - before;
}

async function withoutPageImages<T>({ sql }: World, work: () => Promise<T>): Promise<T> {
  const set = async (value: "on" | "off") => {
    await sql.unsafe(`alter system set full_page_writes = ${value}`);
    await sql`select pg_reload_conf()`;
    await new Promise((done) => setTimeout(done, 500));
  };
  await set("off");
  return work().finally(() => set("on"));
}

const sizeOf = async ({ sql }: World): Promise<number> => {
  const [row] = await sql<
    { bytes: number }[]
  >`select sum(pg_relation_size(name::regclass))::float8 as bytes from unnest(${TABLES}::text[]) name`;
  return row?.bytes ?? 0;
};

export const bytes: Line[] = [
  {
    name: "wal",
    title: "write-ahead log per posting, bytes",
    goal: { most: 1_450 },
    async measure(world) {
      await accounts(world);
      const wal = await withoutPageImages(world, () => walOf(world, () => post(world)));
      return { values: [wal / POSTINGS], unit: "B" };
    },
  },
  {
    name: "table",
    title: "table per posting, bytes",
    goal: { most: 500 },
    async measure(world) {
      await accounts(world);
      const before = await sizeOf(world);
      await post(world);
      return { values: [((await sizeOf(world)) - before) / POSTINGS], unit: "B" };
    },
  },
  {
    name: "due-index-wal",
    title: "log per posting with the index of due balances ÷ without",
    goal: { most: 1.02 },
    async measure(world) {
      await accounts(world);
      return withoutPageImages(world, async () => {
        const [definition] = await world.sql<
          { text: string }[]
        >`select pg_get_indexdef('ledger_accounts_due'::regclass) as text`;
        const ours = await walOf(world, () => post(world));
        await world.sql.unsafe("drop index ledger_accounts_due");
        const theirs = await walOf(world, () => post(world)).finally(() => world.sql.unsafe(definition?.text ?? ""));
        return { ours: [ours / POSTINGS], theirs: [theirs / POSTINGS], unit: "B" };
      });
    },
  },
  {
    name: "heap-only",
    title: "updates of accounts that are heap-only",
    goal: { least: 0.99 },
    async measure(world) {
      await accounts(world);
      await world.sql.unsafe("vacuum ledger_accounts");
      await world.sql`select pg_stat_reset_single_table_counters('ledger_accounts'::regclass)`;
      await post(world);
      await new Promise((done) => setTimeout(done, 1_500));
      const [row] = await world.sql<{ share: number }[]>`
        select n_tup_hot_upd / n_tup_upd::float8 as share from pg_stat_user_tables where relname = 'ledger_accounts'`;
      return { values: [row?.share ?? 0], unit: "" };
    },
  },
];
