import { randomUUID } from "node:crypto";
import type { Inngest, InngestFunction } from "inngest";
import type { Host, HostKind } from "./host";

const LOOK_AGAIN_MS = 20;

/** How a run ended, as the host tells every function that listens. */
export interface Ending {
  fn: string;
  status: "completed" | "failed" | "cancelled";
  result: unknown;
}

type Data = Record<string, unknown>;

interface EndingData extends Data {
  function_id: string;
  run_id: string;
  event: { data: Data };
}

type Maker = (client: Inngest) => InngestFunction.Any[];

/** The functions of all scenarios, served to one host, and what they did, told apart by the story an event belongs to. */
export class World {
  readonly #makers: Maker[] = [];
  readonly #notes = new Map<string, string[]>();
  readonly #endings = new Map<string, Map<string, Ending>>();
  #host: Host | null = null;

  constructor(readonly kind: HostKind) {}

  get host(): Host {
    if (!this.#host) throw new Error("the world is not open yet");
    return this.#host;
  }

  /** Adds the functions of some scenarios; before the world opens. */
  serve(maker: Maker): void {
    this.#makers.push(maker);
  }

  async open(): Promise<void> {
    this.#host = await this.kind.open((client) => [
      ...this.#makers.flatMap((maker) => maker(client)),
      this.#listener(client),
    ]);
  }

  async close(): Promise<void> {
    await this.#host?.close();
  }

  /** What a function did, from inside of it. @param story an event's data, or a name @returns `what` */
  note(story: Data | string, what: string): string {
    const key = typeof story === "string" ? story : String(story.story);
    this.#notes.set(key, [...this.notes(key), what]);
    return what;
  }

  notes(story: string): string[] {
    return this.#notes.get(story) ?? [];
  }

  endings(story: string): Ending[] {
    return [...(this.#endings.get(story)?.values() ?? [])];
  }

  story(): Story {
    return new Story(this, randomUUID());
  }

  /** Waits until it holds, without letting the host's time pass. @throws Error that names `what` */
  async until(holds: () => boolean, what: string): Promise<void> {
    const giveUpAt = performance.now() + this.kind.patienceMs;
    for (;;) {
      if (holds()) return;
      if (performance.now() > giveUpAt) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  /** A function that hears how runs end, by the host's own events. */
  #listener(client: Inngest): InngestFunction.Any {
    return client.createFunction(
      {
        id: "listener",
        retries: 0,
        triggers: [{ event: "inngest/function.finished" }, { event: "inngest/function.cancelled" }],
      },
      ({ event }) => {
        const data = event.data as EndingData;
        const cancelled = event.name === "inngest/function.cancelled";
        const status = cancelled ? "cancelled" : data.error ? "failed" : "completed";
        const story = String(data.event.data.story);
        const runs = this.#endings.get(story) ?? new Map<string, Ending>();
        this.#endings.set(story, runs);
        // A cancelled run may be told of twice, in any order.
        if (runs.get(data.run_id)?.status === "cancelled") return;
        runs.set(data.run_id, { fn: data.function_id.replace(/^lab-/, ""), status, result: data.result });
      },
    );
  }
}

/** One telling of a scenario: its events and what came of them, apart from every other one. */
export class Story {
  constructor(
    readonly world: World,
    readonly id: string,
  ) {}

  /** Sends events that belong to this story. */
  async send(...events: { name: string; data?: Data; id?: string; ts?: number }[]): Promise<void> {
    const own = events.map((event) => ({ ...event, data: { ...event.data, story: this.id } }));
    await this.world.host.client.send(own);
  }

  get notes(): string[] {
    return this.world.notes(this.id);
  }

  /** Ended runs of a function. */
  ended(fn: string): Ending[] {
    return this.world.endings(this.id).filter((ending) => ending.fn === fn);
  }

  /** Waits until a run of the function has ended. */
  async ending(fn: string): Promise<Ending> {
    await this.world.until(() => this.ended(fn).length > 0, `the end of ${fn}; so far: ${this.notes.join(", ")}`);
    return this.ended(fn)[0] as Ending;
  }

  /** Waits until so many runs of the function have ended, and none more. */
  async endings(fn: string, count: number): Promise<Ending[]> {
    await this.world.until(
      () => this.ended(fn).length >= count,
      `${count} runs of ${fn}, not ${this.ended(fn).length}`,
    );
    return this.ended(fn);
  }

  /** Waits until this was noted. */
  async noted(what: string): Promise<void> {
    await this.world.until(() => this.notes.includes(what), `"${what}"; so far: ${this.notes.join(", ")}`);
  }
}
