import type postgres from "postgres";
import { advanceClockForTests, now } from "@/lib/clock";
import { Random } from "../simulator/random";
import { callersOf } from "./callers";
import { takeChanges, watchRows } from "./changes";
import { check, jsonOf } from "./checks";
import { type Document, readDescription } from "./description";
import { Known } from "./known";
import { type FuzzRequest, makeRequest } from "./request";
import { type Answer, closeWires, curlLine, exchange } from "./wire";
import { World } from "./world";

export type Failure = { number: number; operation: string; what: string[]; curl: string; answer: string };
export type Tally = {
  requests: number;
  /** By class: `2xx` … `none`, and `page` for what is handed to Next. */
  byStatus: Record<string, number>;
  /** By operation, how often it was answered well. */
  succeeded: Map<string, number>;
  byCode: Map<string, number>;
  failures: Failure[];
  seconds: number;
};

const SETTLE_EVERY = 50;
const SECOND_MS = 1_000;
const DESCRIPTION_PATH = "/api/v1/billing/openapi.json";

const nameOf = ({ operation, method, target }: FuzzRequest) =>
  operation ? `${operation.method} ${operation.path}` : `${method} ${target.slice(0, 80)}`;

const classOf = (answer: Answer | null) =>
  answer === null ? "none" : answer.headers["x-next"] ? "page" : `${Math.floor(answer.status / 100)}xx`;

const count = (map: Map<string, number>, name: string) => map.set(name, (map.get(name) ?? 0) + 1);

/** One run: a world, and so many requests to it, one after the other. */
export class Fuzzer {
  readonly tally: Tally = {
    requests: 0,
    byStatus: {},
    succeeded: new Map(),
    byCode: new Map(),
    failures: [],
    seconds: 0,
  };

  private constructor(
    private readonly world: World,
    private readonly sql: postgres.Sql,
    private readonly seed: string,
  ) {}

  /** @param sql the owner's connection to a migrated, empty database that `DATABASE_URL` names too */
  static async start(sql: postgres.Sql, seed: string): Promise<Fuzzer> {
    const world = await World.start();
    await watchRows(sql);
    return new Fuzzer(world, sql, seed);
  }

  /** @param hear of each failure as it is found */
  async run(requests: number, hear: (failure: Failure) => void = () => {}): Promise<Tally> {
    const { world, sql, tally } = this;
    const since = performance.now();
    const description = readDescription((await (await fetch(world.url + DESCRIPTION_PATH)).json()) as Document);
    const tenants = await world.owned();
    const known = new Known(description.methods.keys());
    const made = {
      description,
      known,
      callers: await callersOf(tenants),
      tenantIds: tenants.map(({ scope }) => scope.tenantId),
      nowMs: now().getTime(),
    };
    for (const tenantId of made.tenantIds) known.learnField("tenantId", tenantId);
    for (let number = 1; number <= requests; number++) {
      if (number % SETTLE_EVERY === 0) {
        await world.settle();
        made.nowMs = now().getTime();
      }
      await takeChanges(sql);
      advanceClockForTests(SECOND_MS);
      const asked = makeRequest(new Random(`${this.seed}/${number}`), made);
      const answer = await exchange(world.url, asked);
      const changes = await takeChanges(sql);
      tally.requests++;
      const group = classOf(answer);
      tally.byStatus[group] = (tally.byStatus[group] ?? 0) + 1;
      if (group === "page") continue;
      const what = check(asked, answer, changes, description);
      if (what.length > 0) {
        const told = answer ? `${answer.status} ${answer.text.slice(0, 400)}` : "none";
        const failure = { number, operation: nameOf(asked), what, curl: curlLine(world.url, asked), answer: told };
        tally.failures.push(failure);
        hear(failure);
      }
      if (!answer) continue;
      const body = jsonOf(answer);
      if (answer.status >= 400) count(tally.byCode, String((body as { code?: unknown } | undefined)?.code));
      if (answer.status >= 300 || !asked.operation) continue;
      count(tally.succeeded, nameOf(asked));
      if (asked.operation.path !== "/openapi.json")
        known.learn(asked.operation.path, asked.namedTenant ?? asked.caller.tenantId ?? "", body);
      // Whoever has revoked a token may have revoked one of ours.
      if (asked.method === "DELETE" && asked.operation.path.startsWith("/tokens"))
        made.callers = await callersOf(tenants);
    }
    tally.seconds = (performance.now() - since) / 1_000;
    return tally;
  }

  async stop(): Promise<void> {
    closeWires();
    await this.world.stop();
  }
}
