import { rmSync } from "node:fs";
import { readyScreen, writeDemoFile } from "./announce";
import { prepareDatabase, seedDatabase, syncPlans } from "./database";
import type { DemoOptions } from "./options";
import { appPart, eventsPart, inngestPart, mailPart, type PartSettings, postgresPart, stripePart } from "./parts";
import { prepare } from "./prepare";
import { waitFor } from "./ready";
import { type Part, type Supervised, supervise } from "./supervise";
import { warmPages } from "./warm";

export interface Demo {
  stop(): Promise<void>;
}

/**
 * Starts every part, in order, and keeps them alive until `stop`.
 * @param say prints a line for the person who started it
 * @param ending is aborted when the demo is to end while it still starts
 * @throws Error in plain words when something could not be started; what had been started is ended first
 */
export async function runDemo(options: DemoOptions, say: (line: string) => void, ending: AbortSignal): Promise<Demo> {
  const { settings, processes } = await prepare(options, say, ending);
  const { addresses, choice, files } = settings;

  let ready = false;
  const running: Supervised[] = [];
  const announce = () => writeDemoFile(files, addresses, choice, options.seed, processes.list());
  const watcher = {
    started(name: string, pid: number) {
      processes.set(name, pid);
      if (ready) announce();
    },
    restarting: (name: string) => say(`${name} ended by itself; starting it again.`),
  };
  const start = async (part: Part) => {
    ending.throwIfAborted();
    running.push(await supervise(part, watcher));
  };
  const stop = async () => {
    ready = false;
    rmSync(files.demo, { force: true });
    for (const part of running.splice(0).reverse()) await part.stop();
    rmSync(files.processes, { force: true });
  };

  try {
    await startParts(settings, options.seed, start, ending);
    await waitForParts(settings, ending);
    await warmPages(addresses.app, options.seed, ending);
    ending.throwIfAborted();
  } catch (error) {
    await stop();
    throw new Error(`${error instanceof Error ? error.message : error}\nWhat the parts said is in ${files.logs}`);
  }
  ready = true;
  announce();
  say(readyScreen(addresses, choice, options.seed));
  return { stop };
}

/** The database first and the app last: each part finds what it needs. Ending goes the other way round. */
async function startParts(
  settings: PartSettings,
  seed: boolean,
  start: (part: Part) => Promise<void>,
  ending: AbortSignal,
): Promise<void> {
  const { addresses, choice, env } = settings;
  if (!choice.databaseUrl) await start(postgresPart(settings));
  await prepareDatabase(addresses.database, !choice.databaseUrl);
  if (!choice.stripe) await start(stripePart(settings));
  if (!choice.smtpUrl) await start(mailPart(settings));
  if (!choice.inngestUrl) await start(inngestPart(settings));
  if (!choice.stripe) await waitFor({ name: "the Stripe stand-in", url: `${addresses.stripe}/_sandbox/clock`, ending });
  await syncPlans(env);
  if (seed) await seedDatabase(env);
  await start(appPart(settings));
  if (choice.stripe?.webhookSecret === null) await start(eventsPart(settings));
}

async function waitForParts({ addresses, choice }: PartSettings, ending: AbortSignal): Promise<void> {
  const wait = (name: string, url: string, accept?: (answer: Response) => Promise<boolean>) =>
    waitFor({ name, url, accept, ending });
  const hasFunctions = async (answer: Response) =>
    ((await answer.json()) as { functions: unknown[] }).functions.length > 0;
  await Promise.all([
    wait("the app", `${addresses.app}/api/health/live`, async (answer) => answer.ok),
    choice.stripe ?? wait("the Stripe stand-in", `${addresses.stripe}/_sandbox/clock`),
    choice.smtpUrl ?? wait("the mailbox", `${addresses.mail}/health`),
    // Only when the app has registered its functions will a job be run.
    choice.inngestUrl ?? wait("the job executor", `${addresses.inngest}/dev`, hasFunctions),
  ]);
}
