import { rmSync } from "node:fs";
import { addressesOf } from "./addresses";
import { ensureBuild } from "./build";
import { checkStripe } from "./check-stripe";
import { readChoice } from "./choice";
import { dataFiles, keepSecrets, keepStripeAccount, prepareDataDir, resetDataDir } from "./data-dir";
import { environmentOf } from "./environment";
import type { DemoOptions } from "./options";
import type { PartSettings } from "./parts";
import { choosePorts } from "./ports";
import { endOrphans, openProcessesFile, type ProcessesFile, runningSupervisor } from "./processes-file";

export interface Prepared {
  settings: PartSettings;
  processes: ProcessesFile;
}

/**
 * Everything before the first part is started: the folder, what an earlier demo left running, the build, the ports.
 * @throws Error in plain words when a demo is at work in the folder already, a live key is set, or the build fails
 */
export async function prepare(
  options: DemoOptions,
  say: (line: string) => void,
  ending: AbortSignal,
): Promise<Prepared> {
  const choice = readChoice(process.env, options.stripe);
  const files = dataFiles(options.dataDir);
  const other = runningSupervisor(files);
  if (other) {
    throw new Error(`A demo is at work in ${options.dataDir} already (process ${other}). Choose another --data DIR.`);
  }
  const orphans = await endOrphans(files);
  if (orphans.length > 0) say(`Ended what an earlier demo had left running: ${orphans.join(", ")}.`);
  if (options.reset) resetDataDir(files);
  if (choice.stripe) await checkStripe(choice.stripe);
  prepareDataDir(files);
  keepStripeAccount(files, choice.stripe?.secretKey ?? null);
  rmSync(files.demo, { force: true });
  const processes = openProcessesFile(files);
  processes.set("supervisor", process.pid);

  if (!options.dev) await ensureBuild(say, ending);
  const secrets = keepSecrets(files);
  const ports = await choosePorts(files, options.port, say);
  const addresses = addressesOf(ports, choice);
  const env = environmentOf(addresses, choice, files, secrets, options.dev);
  const { host, dev } = options;
  return { processes, settings: { addresses, choice, files, ports, secrets, env, host, dev } };
}
