import { createDatabase, prepareDatabase, syncPlans } from "../demo/database";
import { waitFor } from "../demo/ready";
import { type Part, type Supervised, supervise } from "../demo/supervise";
import type { Numbered, SoakParts } from "./parts";

/** The processes of a soak: started in order, killed on purpose, started again by their supervisors. */
export class Processes {
  readonly #pids = new Map<string, number>();
  readonly #running: Supervised[] = [];

  constructor(
    private readonly parts: SoakParts,
    private readonly say: (line: string) => void,
  ) {}

  pidOf = (name: string): number | undefined => this.#pids.get(name);

  async #start(part: Part): Promise<void> {
    const watcher = {
      started: (name: string, pid: number) => void this.#pids.set(name, pid),
      restarting: (name: string) => this.say(`  ${name} is started again`),
    };
    this.#running.push(await supervise(part, watcher));
  }

  async startDatabase(): Promise<void> {
    await this.#start(this.parts.postgres);
    await prepareDatabase(this.parts.settings.addresses.database, true);
    for (const { databaseUrl } of this.parts.executors) await createDatabase(databaseUrl);
  }

  async startOthers(): Promise<void> {
    const { stripe, mail, executors, instances, settings } = this.parts;
    for (const part of [stripe, mail, ...executors.map((one) => one.part)]) await this.#start(part);
    await waitFor({ name: "the Stripe stand-in", url: `${settings.addresses.stripe}/_sandbox/clock` });
    await syncPlans(settings.env);
    for (const { part } of instances) await this.#start(part);
    await Promise.all([...instances.map(appIsReady), ...executors.map(executorIsReady)]);
  }

  /** Kills a part as the machine's memory killer would, and waits until it works again. */
  async kill(one: Numbered, isReady: (one: Numbered) => Promise<void>): Promise<void> {
    const pid = this.#pids.get(one.part.name);
    if (pid === undefined) return;
    process.kill(pid, "SIGKILL");
    while (this.#pids.get(one.part.name) === pid) await new Promise((later) => setTimeout(later, 50));
    await isReady(one);
  }

  /** Ends everything but the database. */
  async stopOthers(): Promise<void> {
    for (const part of this.#running.splice(1).reverse()) await part.stop();
  }

  async stop(): Promise<void> {
    for (const part of this.#running.splice(0).reverse()) await part.stop();
  }
}

const LONGEST_START_MS = 180_000;

export const appIsReady = ({ part, url }: Numbered): Promise<void> =>
  waitFor({
    name: part.name,
    url: `${url}/api/health/live`,
    accept: (answer) => answer.ok,
    limitMs: LONGEST_START_MS,
  });

/** Only when an instance has registered its functions will a job be run. */
export const executorIsReady = ({ part, url }: Numbered): Promise<void> =>
  waitFor({
    name: part.name,
    url: `${url}/dev`,
    accept: async (answer) => ((await answer.json()) as { functions: unknown[] }).functions.length > 0,
    limitMs: LONGEST_START_MS,
  });
