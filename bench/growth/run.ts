import { statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { World } from "../line";
import { writeSection } from "../sections";
import { makeTenants } from "../tenants";
import { balanceMs, debitMs, dueMs, historyMs } from "./ask";
import { drawChart, type Panel, short } from "./chart";
import { fillBalances, fillEntries, takeBack } from "./fill";

/** Tenants whose past grows, and who are asked. */
const ASKED = 5_000;
const BALANCES = [10_000, 1_000_000, 10_000_000];
const ENTRIES = [1_000_000, 10_000_000, 30_000_000, 100_000_000];
/** What an entry takes on the disk with its transaction and all indexes, and the WAL of its making. */
const BYTES_PER_ENTRY = 400;
const MOST_BYTES = 40e9;

const DOCS = path.resolve(import.meta.dirname, "../../docs");

/**
 * Measures the same calls while the tables grow, and writes them down with a chart.
 * @param minutes no larger size is begun when filling it would, by what it took so far, end after that
 */
export async function measureGrowth({ sql }: World, folder: string, minutes: number): Promise<void> {
  const startedAt = performance.now();
  const scopes = await makeTenants(sql, ASKED);
  const entries = await byEntries(sql, scopes, folder, startedAt + minutes * 60_000);
  const balances = await byBalances(sql, scopes);
  const left = ENTRIES.length - entries.sizes.length;
  writeFileSync(path.join(DOCS, "benchmarks-growth.svg"), drawChart([balances, entries]));
  writeSection("As it grows", [
    "Written by `npm run bench -- --growth`: medians of one caller in milliseconds, while balances and the entries behind them become more.",
    ...(left ? [`More than ${short(entries.sizes.at(-1) ?? 0)} entries did not fit the time or the disk.`] : []),
    "",
    "![Time of a call by balances and by entries](benchmarks-growth.svg)",
    "",
    ...table(balances),
    "",
    ...table(entries),
  ]);
}

async function byEntries(
  sql: World["sql"],
  scopes: Awaited<ReturnType<typeof makeTenants>>,
  folder: string,
  until: number,
): Promise<Panel> {
  const panel: Panel = {
    title: "Milliseconds by ledger entries",
    sizes: [],
    series: named("debit", "page of history"),
  };
  let [filled, perEntryMs] = [0, 0];
  for (const size of ENTRIES) {
    const debits = Math.floor(size / 2 / ASKED);
    const { bavail, bsize } = statfsSync(folder);
    const fits = size * BYTES_PER_ENTRY <= MOST_BYTES && (size - filled) * BYTES_PER_ENTRY < bavail * bsize * 0.8;
    if (!fits || performance.now() + (size - filled) * perEntryMs > until) break;
    const begunAt = performance.now();
    await fillEntries(sql, scopes, filled / 2 / ASKED, debits);
    perEntryMs = (performance.now() - begunAt) / (size - filled);
    filled = size;
    await add(panel, size, [await debitMs(scopes), await historyMs(scopes)]);
    await takeBack(sql, scopes, debits);
  }
  return panel;
}

async function byBalances(sql: World["sql"], scopes: Awaited<ReturnType<typeof makeTenants>>): Promise<Panel> {
  const panel: Panel = { title: "Milliseconds by balances", sizes: [], series: named("debit", "balance", "100 due") };
  let filled = 0;
  for (const size of BALANCES) {
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

function table({ title, sizes, series }: Panel): string[] {
  const rows = series.map(({ name, values }) => [name, ...values.map((value) => value.toFixed(2))]);
  return [[title, ...sizes.map(short)], ["---", ...sizes.map(() => "---")], ...rows].map(
    (row) => `| ${row.join(" | ")} |`,
  );
}
