import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { migrate } from "../../db/migrate";
import { startPostgres } from "../postgres/start";
import { freePort } from "../processes/ports";
import type { Order, Report } from "./worker";

/** Plans must not change in the middle of a run, nor must anything be tidied up at a moment of the server's own choice. */
const SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  jit: "off",
  max_parallel_workers_per_gather: "0",
  max_connections: "200",
  shared_buffers: "64MB",
};

/** Processes that live stories, each with a database of its own. */
export class Workers {
  #children: ChildProcess[] = [];
  #free: ChildProcess[] = [];
  #waiting: ((child: ChildProcess) => void)[] = [];
  #stop: () => Promise<void> = async () => {};

  get count(): number {
    return this.#children.length;
  }

  /** @param mistakes whether the product is to be able to make mistakes; see bugs/bugs.ts */
  static async start(count: number, mistakes: boolean): Promise<Workers> {
    const workers = new Workers();
    const folder = mkdtempSync(path.join(tmpdir(), "evenkeel-simulator-"));
    const server = await startPostgres({
      dataDir: path.join(folder, "postgres"),
      port: await freePort(),
      settings: SETTINGS,
    });
    workers.#stop = async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    const address = (name: string) => server.url.replace(/postgres$/, name);
    const sql = postgres(server.url, { max: 1, onnotice: () => {} });
    await sql`create database simulated_template`;
    await migrate(address("simulated_template"));
    for (let n = 0; n < count; n++) await sql.unsafe(`create database simulated_${n} template simulated_template`);
    await sql.end();
    await Promise.all(
      Array.from({ length: count }, async (_, n) => {
        const child = fork(path.join(import.meta.dirname, "worker.ts"), {
          execArgv: ["--import", "tsx", "--import", path.join(import.meta.dirname, "bugs/register.mjs")],
          env: {
            ...process.env,
            DATABASE_URL: address(`simulated_${n}`),
            ...(mistakes && { EVENKEEL_LOAD_MISTAKES: "1" }),
          },
        });
        workers.#children.push(child);
        await once(child, "message");
        workers.#free.push(child);
      }),
    );
    return workers;
  }

  async #take(): Promise<ChildProcess> {
    return this.#free.pop() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  #give(child: ChildProcess): void {
    const next = this.#waiting.shift();
    if (next) next(child);
    else this.#free.push(child);
  }

  /** Has a story lived by whoever is free. @throws when the worker dies over it: the simulator itself has a fault */
  async live(order: Order): Promise<Report> {
    const child = await this.#take();
    const answer = new Promise<Report>((resolve, reject) => {
      const died = () => reject(new Error(`a worker died over ${JSON.stringify(order).slice(0, 200)}`));
      child.once("exit", died);
      child.once("message", (report: Report) => {
        child.off("exit", died);
        resolve(report);
      });
    });
    child.send(order);
    const report = await answer;
    this.#give(child);
    return report;
  }

  async stop(): Promise<void> {
    for (const child of this.#children) {
      child.removeAllListeners("exit");
      if (child.exitCode !== null) continue;
      child.kill();
      await once(child, "exit");
    }
    await this.#stop();
  }
}
