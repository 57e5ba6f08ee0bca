import postgres from "postgres";
import { demo } from "./demo";

let client: postgres.Sql | undefined;

/** The demo's database, as its owner: sees every tenant. One small pool for each test process. */
export function database(): postgres.Sql {
  client ??= postgres(demo().database.url, { max: 4, idle_timeout: 5, onnotice: () => {} });
  return client;
}
