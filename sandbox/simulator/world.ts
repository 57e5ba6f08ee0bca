import postgres from "postgres";
import { now, setClockForTests } from "@/lib/clock";
import type { TenantId } from "@/lib/ids";
import { Calls } from "./calls";
import type { Reserved } from "./checks/evidence";
import { emptyDatabase } from "./empty-database";
import { isExpected } from "./expected-errors";
import { drawFrom, Random } from "./random";
import { currentTask, describeOutcome, outsideTasks, Scheduler, type Task } from "./scheduler";
import { type Database, installDatabase } from "./seams/database";
import { installEvents } from "./seams/events";
import { Jobs } from "./seams/jobs";
import { forgetLanes } from "./seams/lanes";
import { installStripe, StripeSeam } from "./seams/stripe";
import { installTimers } from "./seams/timers";
import { Webhooks } from "./seams/webhooks";
import type { Story } from "./story/types";
import type { SimulatedTenant } from "./tenant";

/** One run: the product in a world of its own, which begins empty at an instant that the story names. */
export class World {
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly stripe: StripeSeam;
  readonly jobs: Jobs;
  readonly webhooks: Webhooks;
  readonly calls: Calls;
  readonly tenants: SimulatedTenant[] = [];
  readonly reserved = new Map<string, Reserved>();
  readonly #versionsSeen = new WeakMap<Task, Map<string, number>>();
  /** What was seen to be wrong while it happened. */
  readonly violations: string[] = [];
  readonly brakes = { stopAll: false, dryRun: false };
  /** Charges that a customer tried in person, at the stand-in. */
  readonly inPerson = new Set<string>();

  constructor(
    readonly story: Story,
    /** Looks at the rows without taking part. */
    readonly sql: postgres.Sql,
  ) {
    setClockForTests(story.startsAt);
    drawFrom(new Random(`${story.seed}/ids`));
    this.random = new Random(`${story.seed}/order`);
    this.scheduler = new Scheduler(this.random, story.calm);
    this.scheduler.running.monitor = sql;
    this.stripe = new StripeSeam(this.scheduler, this.random);
    this.stripe.onViolation = (text) => this.violate(text);
    this.stripe.onPayment = (intentId) => this.#looksWhetherAlone(intentId);
    this.scheduler.onRefused = (task, error) => {
      if (!isExpected(error)) this.violate(`${task.name} failed: ${describeOutcome({ kind: "refused", error })}`);
    };
    this.jobs = new Jobs(this.scheduler, this.random);
    this.webhooks = new Webhooks(this.scheduler, this.random, this.stripe);
    this.calls = new Calls(this.scheduler);
  }

  violate(text: string): void {
    this.scheduler.note(`VIOLATION: ${text}`);
    this.violations.push(text);
  }

  /** When a payment is made, every other one of the customer's must have come to its end in the ledger. */
  async #looksWhetherAlone(intentId: string): Promise<void> {
    const { paymentIntents } = this.stripe.account.tables;
    const made = paymentIntents.get(intentId);
    if (made?.metadata.evenkeel_purpose !== "recharge") return;
    const others = [...paymentIntents.whose("customer", String(made.customer)).oldestFirst()].filter(
      ({ id, metadata }) => id !== intentId && metadata.evenkeel_purpose === "recharge",
    );
    const known = await this.sql<{ id: string }[]>`
      select source_id as id from ledger_transactions where kind = 'recharge' and source_id = any(${others.map(({ id }) => id)})`;
    for (const { id, status } of others) {
      if (status === "succeeded" && !known.some((row) => row.id === id))
        this.violate(`a payment was made while the ledger did not know yet that ${id} had succeeded`);
      if (status === "processing") this.violate(`a payment was made while ${id} was under way`);
    }
  }

  tenantOf(tenantId: string): SimulatedTenant | undefined {
    return this.tenants.find((tenant) => tenant.tenantId === tenantId);
  }

  /** Everything that is under way goes on until nothing is left to do before the instant. */
  async drain(untilMs: number): Promise<void> {
    while (await this.scheduler.step(untilMs));
  }

  async onStatement(text: string, values: readonly unknown[]): Promise<void> {
    const task = currentTask();
    if (!task) return;
    if (/from "recharge_rules".* for update$/s.test(text)) this.#versionsSeen.set(task, await this.#versions());
    else if (/^update "recharge_attempts"/.test(text)) this.#looksWhetherFailed(values);
    else if (/^insert into "recharge_attempts"/.test(text)) {
      // The tenant's id and the attempt's are the first two values.
      const [tenantId, attemptId] = values.map(String);
      const of = (versions?: Map<string, number>) => versions?.get(tenantId ?? "") ?? 0;
      const versions = { from: of(this.#versionsSeen.get(task)), to: of(await this.#versions()) };
      this.reserved.set(attemptId ?? "", { atMs: now().getTime(), taskStartedMs: task.startedMs, versions });
    }
  }

  /** The last entry of each prepaid account. */
  async #versions(): Promise<Map<string, number>> {
    const rows = await outsideTasks(
      () => this.sql<{ tenant: string; version: number }[]>`
        select tenant_id as tenant, version::float8 as version from ledger_accounts where account = 'prepaid'`,
    );
    return new Map(rows.map(({ tenant, version }) => [tenant, version]));
  }

  /** Unknown is not failed: what Stripe has charged or is charging must not be called so, whatever becomes of it later. */
  #looksWhetherFailed(values: readonly unknown[]): void {
    if (!values.includes("failed")) return;
    for (const { id, metadata, status } of this.stripe.account.tables.paymentIntents.oldestFirst())
      if (["succeeded", "processing"].includes(status) && values.includes(metadata.evenkeel_attempt))
        this.violate(`an attempt is called failed, and its ${id} is ${status}`);
  }
}

/** The one database of a process, and the world that uses it now. */
export class Machine {
  #world: World | null = null;
  #sql: postgres.Sql;
  #close: () => Promise<void> = async () => {};

  private constructor(url: string) {
    this.#sql = postgres(url, { max: 2, onnotice: () => {} });
  }

  static async start(url: string): Promise<Machine> {
    const machine = new Machine(url);
    // Connected before anything is simulated.
    await Promise.all([machine.#sql`select 1`, machine.#sql`select pg_sleep(0.05)`]);
    const world = () => {
      if (!machine.#world) throw new Error("no run is under way");
      return machine.#world;
    };
    const database: Database = {
      get scheduler() {
        return world().scheduler;
      },
      onStatement: (text, values) => world().onStatement(text, values),
    };
    machine.#close = await installDatabase(url, database);
    installStripe(() => world().stripe);
    installEvents(
      () => world().scheduler,
      (event) => world().jobs.take(event),
    );
    installTimers(() => world().scheduler);
    return machine;
  }

  /** An empty world for a story. */
  async begin(story: Story): Promise<World> {
    await emptyDatabase(this.#sql);
    forgetLanes();
    this.#world = new World(story, this.#sql);
    return this.#world;
  }

  async stop(): Promise<void> {
    drawFrom(null);
    await this.#close();
    await this.#sql.end({ timeout: 5 });
  }
}

export type { TenantId };
