import { listDue } from "@/lib/recharge/sweep";
import { type Line, median, type World } from "../line";

const DUE = 100;
const ASKED = 200;

/** Balances far above their minimum, and a hundred that are due: what the sweep has to find among them. */
async function fill({ sql }: World, from: number, to: number): Promise<void> {
  await sql.begin(async (tx) => {
    // Accounts of nobody: only the index of due balances is asked.
    await tx`set local session_replication_role = replica`;
    await tx`set local synchronous_commit = off`;
    for (let at = from; at < to; at += 1_000_000) {
      await tx`insert into ledger_accounts (tenant_id, account, currency, balance_minor, recharge_below_minor)
        select gen_random_uuid(), 'prepaid', 'USD', case when n <= ${DUE} then 100 else 100000 end, 1000
        from generate_series(${at + 1}::int, ${Math.min(to, at + 1_000_000)}::int) n`;
    }
  });
  await sql.unsafe("vacuum analyze ledger_accounts");
}

async function askedMs(): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < ASKED; n++) {
    const startedAt = performance.now();
    const found = await listDue(new Date(), DUE);
    times.push(performance.now() - startedAt);
    if (found.length !== DUE) throw new Error(`found ${found.length} of ${DUE}`);
  }
  return median(times.slice(ASKED / 10));
}

export const due: Line[] = [
  {
    name: "due",
    title: "100 due balances among 10 million ÷ among 100 thousand",
    goal: { most: 1.5 },
    async measure(world) {
      await world.sql`update ledger_accounts set recharge_below_minor = null where recharge_below_minor is not null`;
      await fill(world, 0, 100_000);
      const few = [await askedMs(), await askedMs(), await askedMs()];
      await fill(world, 100_000, 10_000_000);
      const many = [await askedMs(), await askedMs(), await askedMs()];
      return { ours: many, theirs: few, unit: "ms" };
    },
  },
];
