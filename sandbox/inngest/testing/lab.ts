import type { Inngest, InngestFunction } from "inngest";
import postgres from "postgres";
import { advanceClockForTests, now, setClockForTests } from "@/lib/clock";
import type { CallRecord } from "../pump";
import { type Executor, type ExecutorOptions, startExecutor } from "../server";
import type { RunSummary } from "../state/overview";
import { SCHEMA } from "../state/schema";
import { startTestServer, TEST_KEY, type TestServer, testClient } from "./app";

export interface LabOptions {
  signed?: boolean;
  checkpointing?: boolean;
  callTimeoutMs?: number;
}

/** An app and an executor in this process, on a clock that stands still unless the test moves it. */
export class Lab {
  readonly calls: CallRecord[] = [];
  readonly logged: string[] = [];
  executor!: Executor;
  client!: Inngest;

  private constructor(
    readonly app: TestServer,
    private readonly sql: postgres.Sql,
    private readonly options: ExecutorOptions,
  ) {}

  /** @param functions what the app serves, made with the client it is given */
  static async open(
    databaseUrl: string,
    functions: (client: Inngest) => InngestFunction.Any[],
    { signed = false, ...options }: LabOptions = {},
  ): Promise<Lab> {
    setClockForTests("2026-03-02T10:00:00Z");
    const app = await startTestServer();
    const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
    await sql.unsafe(`drop schema if exists ${SCHEMA} cascade`);
    const lab = new Lab(app, sql, {
      databaseUrl,
      appUrl: app.url,
      signingKey: signed ? TEST_KEY : undefined,
      ...options,
    });
    await lab.startExecutor();
    lab.client = testClient({ baseUrl: lab.executor.url, signingKey: signed ? TEST_KEY : undefined });
    app.serve(lab.client, functions(lab.client));
    await lab.until(async () => (await lab.registered()) > 0 && !(await lab.due()).busy, "the app to register");
    return lab;
  }

  async startExecutor(): Promise<void> {
    const port = this.executor ? Number(new URL(this.executor.url).port) : 0;
    this.executor = await startExecutor({
      ...this.options,
      port,
      onCall: (call) => this.calls.push(call),
      log: (message) => this.logged.push(message),
    });
  }

  async close(): Promise<void> {
    await this.app.kill();
    await this.executor.close();
    await this.sql.end();
    setClockForTests(null);
  }

  async registered(): Promise<number> {
    const body = (await (await fetch(`${this.executor.url}/dev`)).json()) as { functions: unknown[] };
    return body.functions.length;
  }

  /** Moves the clock alone, as a jump of the clock file does. */
  jump(ms: number): void {
    advanceClockForTests(ms);
  }

  /** Runs everything due, and moves time on to whatever falls due within `ms`. @returns how many stops time made */
  async advance(ms: number, moving: string | null = "move"): Promise<number> {
    const target = now().getTime() + ms;
    for (let stops = 0; ; stops++) {
      const { nextDueAt } = await this.runDue(moving, target);
      const next = nextDueAt === null ? Number.POSITIVE_INFINITY : Date.parse(nextDueAt);
      if (next > target) {
        setClockForTests(new Date(target));
        await this.runDue(moving, target);
        return stops;
      }
      setClockForTests(new Date(Math.max(next, now().getTime())));
    }
  }

  /** Runs everything due now. @param moving names the move of time that asks @param until where that move ends, milliseconds */
  async runDue(moving: string | null = null, until?: number): Promise<{ nextDueAt: string | null; busy: boolean }> {
    const end = until === undefined ? undefined : new Date(until).toISOString();
    const body = moving === null ? "{}" : JSON.stringify({ moving, until: end });
    const answer = await fetch(`${this.executor.url}/_sandbox/run-due`, { method: "POST", body });
    return (await answer.json()) as { nextDueAt: string | null; busy: boolean };
  }

  async due(moving = "", until?: number): Promise<{ nextDueAt: string | null; busy: boolean }> {
    const end = until === undefined ? "" : new Date(until).toISOString();
    return (await (await fetch(`${this.executor.url}/_sandbox/due?moving=${moving}&until=${end}`)).json()) as {
      nextDueAt: string | null;
      busy: boolean;
    };
  }

  /** Runs of one function, newest first. */
  async runs(fn?: string): Promise<RunSummary[]> {
    const answer = await fetch(`${this.executor.url}/_sandbox/runs?limit=1000`);
    const { data } = (await answer.json()) as { data: RunSummary[] };
    return fn ? data.filter((run) => run.function === `lab-${fn}`) : data;
  }

  /** Sends an event and runs everything due, without moving time. @returns the newest run of `fn` */
  async send(
    fn: string,
    event: { name: string; data?: Record<string, unknown>; id?: string; ts?: number },
  ): Promise<RunSummary> {
    await this.client.send(event);
    await this.runDue();
    return this.newest(fn);
  }

  async newest(fn: string): Promise<RunSummary> {
    const [run] = await this.runs(fn);
    if (!run) throw new Error(`no run of ${fn}`);
    return run;
  }

  callsOf(run: RunSummary): CallRecord[] {
    return this.calls.filter((call) => call.item.runId === run.id);
  }

  async until(holds: () => boolean | Promise<boolean>, what: string, withinMs = 15_000): Promise<void> {
    const giveUpAt = performance.now() + withinMs;
    while (!(await holds())) {
      if (performance.now() > giveUpAt) throw new Error(`waited in vain for ${what}; log: ${this.logged.join(" | ")}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
