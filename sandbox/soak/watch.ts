import { readdirSync, readFileSync } from "node:fs";
import type postgres from "postgres";
import type { Sample } from "./flat";

const EVERY_MS = 10_000;
const KB_PER_MB = 1_024;
const BYTES_PER_MB = 1_048_576;

/** What is looked at of a process. Memory in MB (MiB); `live` is the heap after a full collection of garbage. */
export const MEASURES = ["rss", "live", "external", "descriptors"] as const;
export type Measure = (typeof MEASURES)[number];

/** One life of a process: a process that was killed and started again has two. */
export type Life = { name: string; pid: number } & Record<Measure, Sample[]>;

export type Watched = { name: string; url: string; hasMetrics: boolean };

function fromProc(pid: number): { rss: number; descriptors: number } | null {
  try {
    const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return { rss: Number(kb) / KB_PER_MB, descriptors: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return null;
  }
}

async function fromMetrics(url: string): Promise<{ live: number; external: number } | null> {
  try {
    const answer = await fetch(`${url}/api/metrics`, { signal: AbortSignal.timeout(EVERY_MS) });
    const text = await answer.text();
    const mb = (name: string) =>
      Number(new RegExp(`^evenkeel_nodejs_${name}_bytes (\\S+)`, "m").exec(text)?.[1]) / BYTES_PER_MB;
    return { live: mb("heap_live"), external: mb("external_memory") };
  } catch {
    return null;
  }
}

/** Looks at processes and at the database's connections every ten seconds. */
export class Watch {
  readonly lives: Life[] = [];
  readonly connections: Sample[] = [];
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;

  constructor(
    private readonly watched: readonly Watched[],
    private readonly pidOf: (name: string) => number | undefined,
    private readonly sql: postgres.Sql,
  ) {}

  start(): void {
    this.#startedAt = performance.now();
    this.#timer = setInterval(() => void this.#look().catch(() => undefined), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const atMs = performance.now() - this.#startedAt;
    await Promise.all(this.watched.map((one) => this.#lookAt(one, atMs)));
    const [row] = await this.sql<{ open: number }[]>`
      select count(*)::int as open from pg_stat_activity where application_name like 'evenkeel%' and datname = current_database()`;
    this.connections.push({ atMs, value: row?.open ?? 0 });
  }

  async #lookAt({ name, url, hasMetrics }: Watched, atMs: number): Promise<void> {
    const pid = this.pidOf(name);
    const seen = pid === undefined ? null : fromProc(pid);
    if (pid === undefined || !seen) return;
    const more = hasMetrics ? await fromMetrics(url) : null;
    // Before the first full collection nothing is known of what is live.
    for (const [measure, value] of Object.entries({ ...seen, ...more }))
      if (value > 0) this.#life(name, pid)[measure as Measure].push({ atMs, value });
  }

  #life(name: string, pid: number): Life {
    const known = this.lives.find((life) => life.name === name && life.pid === pid);
    if (known) return known;
    const life: Life = { name, pid, rss: [], live: [], external: [], descriptors: [] };
    this.lives.push(life);
    return life;
  }

  /** Resident memory as it was seen last, in words. */
  present(): string {
    return this.lives
      .filter(({ name, pid }) => this.pidOf(name) === pid)
      .map(({ name, rss }) => `${name} ${rss.at(-1)?.value.toFixed(0)} MB`)
      .join(", ");
  }

  /** The life of a process that was watched longest. */
  longest(name: string): Life | undefined {
    return this.lives.filter((life) => life.name === name).toSorted((a, b) => b.rss.length - a.rss.length)[0];
  }
}
