import { statfsSync } from "node:fs";
import type { World } from "../line";
import { makeTenants } from "../tenants";
import { balanceMs, chartMs, debitMs, dueMs, historyMs, paceMs } from "./ask";
import { type Panel, short } from "./chart";
import { fillBalances, fillEntries, takeBack } from "./fill";
import { writeGrowth } from "./write";

/** Tenants whose past grows, and who are asked. */
const ASKED = 5_000;
const BALANCES = [10_000, 1_000_000, 10_000_000];
const ENTRIES = [1_000_000, 10_000_000, 30_000_000, 100_000_000];
/** What an entry takes on the disk with its transaction and all indexes, and the WAL of its making. */
const BYTES_PER_ENTRY = 400;
const MOST_BYTES = 40e9;

/**
 * Measures the same calls while the tables grow, and writes them down with a chart.
 * @param limits.folder where the tables are
 * @param limits.minutes no larger size is begun when filling it would, by what it took so far, end after that
 * @param limits.largest no size above it
 */
export async function measureGrowth(
  { sql }: World,
  { folder, minutes, largest }: { folder: string; minutes: number; largest: number },
): Promise<void> {
  const startedAt = performance.now();
  const scopes = await makeTenants(sql, ASKED);
  const entries = await byEntries(sql, scopes, { folder, largest, until: startedAt + minutes * 60_000 });
  const balances = await byBalances(sql, scopes, largest);
  writeGrowth(balances, entries, ENTRIES.length - entries.sizes.length);
}

async function byEntries(
  sql: World["sql"],
  scopes: Awaited<ReturnType<typeof makeTenants>>,
  { folder, largest, until }: { folder: string; largest: number; until: number },
): Promise<Panel> {
  const panel: Panel = {
    title: "Milliseconds by ledger entries",
    sizes: [],
    series: named("debit", "page of history", "chart of 30 days", "pace of the week"),
  };
  let [filled, perEntryMs] = [0, 0];
  for (const size of ENTRIES) {
    const debits = Math.floor(size / 2 / ASKED);
    const { bavail, bsize } = statfsSync(folder);
    const fits = size * BYTES_PER_ENTRY <= MOST_BYTES && (size - filled) * BYTES_PER_ENTRY < bavail * bsize * 0.8;
    if (!fits || size > largest || performance.now() + (size - filled) * perEntryMs > until) break;
    const begunAt = performance.now();
    await fillEntries(sql, scopes, filled / 2 / ASKED, debits);
    perEntryMs = (performance.now() - begunAt) / (size - filled);
    filled = size;
    await add(panel, size, [
      await debitMs(scopes),
      await historyMs(scopes),
      await chartMs(scopes),
      await paceMs(scopes),
    ]);
    await takeBack(sql, scopes, debits);
  }
  return panel;
}

async function byBalances(
  sql: World["sql"],
  scopes: Awaited<ReturnType<typeof makeTenants>>,
  largest: number,
): Promise<Panel> {
  const panel: Panel = { title: "Milliseconds by balances", sizes: [], series: named("debit", "balance", "100 due") };
  let filled = 0;
  for (const size of BALANCES.filter((one) => one <= largest)) {
    await fillBalances(sql, filled, size);
    filled = size;
    await add(panel, size, [await debitMs(scopes), await balanceMs(scopes), await dueMs(scopes)]);
  }
  return panel;
}

const named = (...names: string[]) => names.map((name) => ({ name, values: [] as number[] }));

async function add(panel: Panel, size: number, values: number[]): Promise<void> {
  panel.sizes.push(size);
  for (const [index, series] of panel.series.entries()) series.values.push(values[index] ?? Number.NaN);
  console.log(
    `${panel.title}: ${short(size)}: ${panel.series.map((s) => `${s.name} ${s.values.at(-1)?.toFixed(2)}`).join(", ")}`,
  );
}
