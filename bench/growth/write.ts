import { writeFileSync } from "node:fs";
import path from "node:path";
import { writeSection } from "../sections";
import { drawChart, type Panel, short } from "./chart";

const CHART = "benchmarks-growth.svg";

/** Writes the chart and its section of docs/benchmarks.md. @param left how many sizes were not reached */
export function writeGrowth(balances: Panel, entries: Panel, left: number): void {
  writeFileSync(path.resolve(import.meta.dirname, "../../docs", CHART), drawChart([balances, entries]));
  writeSection("As it grows", [
    "Written by `npm run bench -- --growth`: medians of one caller in milliseconds, while balances and the entries behind them become more.",
    ...(left ? [`More than ${short(entries.sizes.at(-1) ?? 0)} entries did not fit the time or the disk.`] : []),
    "",
    `![Time of a call by balances and by entries](${CHART})`,
    "",
    ...table(balances),
    "",
    ...table(entries),
  ]);
}

function table({ title, sizes, series }: Panel): string[] {
  const rows = series.map(({ name, values }) => [name, ...values.map((value) => value.toFixed(2))]);
  return [[title, ...sizes.map(short)], ["---", ...sizes.map(() => "---")], ...rows].map(
    (row) => `| ${row.join(" | ")} |`,
  );
}
