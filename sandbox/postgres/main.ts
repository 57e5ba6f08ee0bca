import { onStopSignal, readFlags } from "../processes/arguments";
import { startPostgres } from "./start";

// A PostgreSQL by itself: tsx sandbox/postgres/main.ts --data DIR --port N
const flags = readFlags(["data", "port"]);
const server = await startPostgres({ dataDir: flags.data, port: Number(flags.port), detached: true });
onStopSignal(() => server.stop());
console.log(`PostgreSQL is ready at ${server.url} (process ${server.pid})`);
await server.exited;
