import { ensureBuild } from "../demo/build";
import { readOptions } from "./options";
import { partsOf } from "./parts";
import { startRelay } from "./relay";
import { tell } from "./tell";

const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);

const options = readOptions(process.argv.slice(2));
const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => ending.abort());

await ensureBuild(say, ending.signal);
const relay = await startRelay();
const parts = await partsOf(options, relay.url);
Object.assign(process.env, parts.settings.env, { INNGEST_BASE_URL: parts.executors[0]?.url });
// Loaded once the environment is there, which the product reads.
const { soak } = await import("./run");
const outcome = await soak(options, parts, relay, say, ending.signal);
console.log(`\n${tell(outcome)}\n`);
process.exit(outcome.violations.length > 0 ? 1 : 0);
