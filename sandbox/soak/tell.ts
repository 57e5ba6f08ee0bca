import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import type { Latencies } from "./latency";
import type { LookedBack } from "./look-back";
import type { SoakOptions } from "./options";
import type { Judged } from "./verdict";

export type Outcome = {
  options: SoakOptions;
  at: Date;
  begun: number;
  late: number;
  answers: number;
  duringKills: number;
  stripeAway: number;
  refusals: ReadonlyMap<string, number>;
  events: { events: number; doubled: number; failed: number };
  kills: number;
  latencies: Latencies;
  judged: Judged[];
  looked: LookedBack;
  /** All that is wrong. */
  violations: string[];
};

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

function flatnessTable(judged: readonly Judged[]): string {
  const row = ({ name, what, unit, flatness, samples }: Judged) => {
    if (!flatness) return [name, what, "", "", "", `not judged: ${samples} samples`];
    const { first, last, slopePerHour, objection } = flatness;
    const value = (number: number) => `${number.toFixed(unit === "MB" ? 1 : 0)}${unit && ` ${unit}`}`;
    const slope = `${slopePerHour >= 0 ? "+" : ""}${slopePerHour.toFixed(1)}`;
    return [name, what, value(first), value(last), slope, objection ?? "flat"];
  };
  return table(["of", "what", "after the warm-up", "at the end", "an hour", "verdict"], judged.map(row));
}

function latencyTable(latencies: Latencies): string {
  const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));
  const row = (kind: string) => [
    kind,
    String(latencies.count(kind)),
    ...[0.5, 0.95, 0.99, 1].map((share) => ms(latencies.percentile(kind, share))),
  ];
  return table(["request", "answers", "median ms", "95 %", "99 %", "longest"], latencies.kinds.map(row));
}

function machine(): string {
  const [first] = cpus();
  const release = /^PRETTY_NAME="(.*)"/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? process.platform;
  return `${cpus().length} × ${first?.model.trim() ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GB, ${release}, Node ${process.versions.node}`;
}

/** The same said several times is said once, with how often. */
function counted(texts: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
  return [...times].map(([text, count]) => (count > 1 ? `${text} (${count} times)` : text));
}

/** What was seen, as a section of docs/simulation.md. */
export function tell({ options, ...seen }: Outcome): string {
  const { minutes, instances, executors, rate, seed } = options;
  const refusals = [...seen.refusals].map(([name, times]) => `${name} ${times}`).sort();
  return [
    `\`npm run soak -- --minutes ${minutes} --instances ${instances} --executors ${executors} --rate ${rate} --seed ${seed}\`, ${seen.at.toISOString().slice(0, 10)}, ${machine()}:`,
    "",
    `${seen.begun} deeds begun (${seen.late} had to wait), ${seen.answers} answers; ${seen.looked.payments} payments and ${seen.looked.declined} declines at Stripe;`,
    `${seen.events.events} webhooks, ${seen.events.doubled} of them to two instances at once, ${seen.events.failed} not taken at first; ${seen.kills} kills, ${seen.duringKills} requests hurt by`,
    `them, ${seen.stripeAway} answers that Stripe was away; refusals: ${refusals.join(", ") || "none"}.`,
    "",
    flatnessTable(seen.judged),
    "",
    latencyTable(seen.latencies),
    "",
    seen.violations.length === 0 ? "Nothing was wrong." : `Wrong (${seen.violations.length}):`,
    ...counted(seen.violations).map((text) => `- ${text}`),
  ].join("\n");
}
