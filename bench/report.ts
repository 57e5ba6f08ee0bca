import { cpus, totalmem } from "node:os";
import { pgbenchVersion } from "./limit/pgbench";
import { median } from "./line";
import type { Row } from "./run";
import { writeHead } from "./sections";

export const machine = (postgresVersion: string): string[] => [
  `${cpus().length} × ${cpus()[0]?.model ?? "processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  `Node ${process.version}, PostgreSQL ${postgresVersion} with default settings, ${pgbenchVersion() ?? "no pgbench"}`,
];

const number = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
const spread = (values: number[]) =>
  values.length > 1 ? ` (${number(Math.min(...values))}–${number(Math.max(...values))})` : "";

function cells({ line, measured: m }: Row): string[] {
  const { least, most } = line.goal;
  const goal = least !== undefined ? `≥ ${least}` : most !== undefined ? `≤ ${most}` : "";
  if ("left" in m) return [line.title, goal, "–", "", "", m.left];
  const values = "values" in m ? m.values : m.ours.map((own, i) => own / (m.theirs[i] ?? Number.NaN));
  const reached =
    median(values) >= (least ?? Number.NEGATIVE_INFINITY) && median(values) <= (most ?? Number.POSITIVE_INFINITY);
  const sides =
    "values" in m ? ["", ""] : [`${number(median(m.ours))} ${m.unit}`, `${number(median(m.theirs))} ${m.unit}`];
  const result = `${number(median(values))}${"values" in m && m.unit ? ` ${m.unit}` : ""}${spread(values)}`;
  return [line.title, goal, [goal && (reached ? "✓" : "✗"), result].filter(Boolean).join(" "), ...sides, m.note ?? ""];
}

/** Writes the table of docs/benchmarks.md; its sections stay. */
export function writeReport(rows: Row[], about: string[]): void {
  const head = ["measure", "goal", "reached: median (spread)", "ours", "compared with", ""];
  const table = [head, head.map(() => "---"), ...rows.map(cells)].map((row) => `| ${row.join(" | ")} |`);
  const text = [
    "# Benchmarks",
    "",
    "Written by `npm run bench`. Each line is measured against what it is compared with in one run, in turn, on one machine that also makes",
    "the load: ratios count, absolute figures only say what is large and what is small.",
    "",
    ...about.map((line) => `- ${line}`),
    `- ${new Date().toISOString().slice(0, 10)}`,
    "",
    ...table,
    "",
  ];
  writeHead(text);
}
