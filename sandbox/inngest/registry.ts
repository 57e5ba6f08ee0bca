import type postgres from "postgres";
import { now } from "@/lib/clock";
import { asJson } from "./state/runs";
import type { CronTable } from "./time/crons";
import { cronKey } from "./time/crons";
import { type FunctionDefinition, readRegistration } from "./wire/config";

/** The functions the app has registered, kept in the database so that a restarted executor knows them before the app answers. */
export class Registry {
  #functions = new Map<string, FunctionDefinition>();
  #body: string | null = null;
  /** Why the last registration was refused. */
  refusal: string | null = null;

  constructor(
    private readonly sql: postgres.Sql,
    private readonly crons: CronTable,
    private readonly appUrl: string,
  ) {}

  get functions(): FunctionDefinition[] {
    return [...this.#functions.values()];
  }

  /** Whether the app has ever registered; before that nobody can say what an event sets off. */
  get known(): boolean {
    return this.#body !== null;
  }

  find(id: string): FunctionDefinition | undefined {
    return this.#functions.get(id);
  }

  /** Takes up what was registered before the restart. */
  async load(): Promise<void> {
    const [row] = await this.sql<{ body: unknown }[]>`select body from registration where app_url = ${this.appUrl}`;
    const read = row && readRegistration(row.body);
    if (read && "functions" in read) await this.#use(read.functions, JSON.stringify(row?.body));
  }

  /** @returns whether anything changed @throws RegistrationRefused; what was registered before stays in force */
  async register(body: unknown): Promise<boolean> {
    const read = readRegistration(body);
    this.refusal = "error" in read ? read.error : null;
    if ("error" in read) throw new RegistrationRefused(read.error);
    const functions = JSON.stringify(read.functions);
    if (functions === JSON.stringify(this.functions)) return false;
    await this.sql`
      insert into registration (app_url, body) values (${this.appUrl}, ${asJson(this.sql, body)})
      on conflict (app_url) do update set body = excluded.body`;
    await this.#use(read.functions, JSON.stringify(body));
    return true;
  }

  async #use(functions: FunctionDefinition[], body: string): Promise<void> {
    const keys = functions.flatMap((fn) => fn.triggers.flatMap(({ cron }) => (cron ? [cronKey(fn.id, cron)] : [])));
    await this.sql`
      insert into crons (key, last_tick) select key, ${now()} from unnest(${keys}::text[]) as key on conflict do nothing`;
    const ticks = await this.sql<
      { key: string; at: Date }[]
    >`select key, last_tick as at from crons where key = any(${keys})`;
    this.#functions = new Map(functions.map((fn) => [fn.id, fn]));
    this.#body = body;
    this.crons.replace(functions, new Map(ticks.map((tick) => [tick.key, tick.at.getTime()])), now().getTime());
  }
}

export class RegistrationRefused extends Error {
  override name = "RegistrationRefused";
}
