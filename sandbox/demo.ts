import { readOptions, usage } from "./demo/options";
import { type Demo, runDemo } from "./demo/run";

const say = (line: string) => console.log(line);

if (process.argv.includes("--help")) {
  say(usage);
  process.exit(0);
}

const ending = new AbortController();
let demo: Promise<Demo> | undefined;

/** Waits for a start that is under way to notice, ends what it has started, and leaves. */
async function end(code: number): Promise<never> {
  await demo?.then((started) => started.stop()).catch(() => undefined);
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (ending.signal.aborted) return;
    say("Stopping …");
    ending.abort();
    void end(0);
  });
}

try {
  demo = runDemo(readOptions(process.argv.slice(2), process.env), say, ending.signal);
  await demo;
} catch (error) {
  if (!ending.signal.aborted) {
    console.error(`\nThe demo could not start. ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
