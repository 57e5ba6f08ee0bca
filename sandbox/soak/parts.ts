import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { addressesOf } from "../demo/addresses";
import { readChoice } from "../demo/choice";
import { type DataFiles, dataFiles, keepSecrets, prepareDataDir } from "../demo/data-dir";
import { environmentOf } from "../demo/environment";
import { appPart, inngestPart, mailPart, type PartSettings, postgresPart, stripePart } from "../demo/parts";
import { choosePorts } from "../demo/ports";
import type { Part } from "../demo/supervise";
import { freePort } from "../processes/ports";
import type { SoakOptions } from "./options";

/** One of several alike: an instance of the app, or an executor of its jobs. */
export type Numbered = { part: Part; url: string; databaseUrl: string };

export type SoakParts = {
  /** What they all share; the product in this process is configured by it as well. */
  settings: PartSettings;
  postgres: Part;
  stripe: Part;
  mail: Part;
  executors: Numbered[];
  instances: Numbered[];
};

const HOST = "127.0.0.1";
const local = (port: number) => `http://${HOST}:${port}`;

/** A folder of logs for each, since all of a kind have one name. */
function filesOf(files: DataFiles, name: string): DataFiles {
  const logs = path.join(files.logs, name);
  mkdirSync(logs, { recursive: true });
  return { ...files, logs };
}

/**
 * Everything that will run, on free ports and with a fresh folder.
 * @param webhookUrl where the stand-in brings its events
 */
export async function partsOf(options: SoakOptions, webhookUrl: string): Promise<SoakParts> {
  rmSync(options.dataDir, { recursive: true, force: true });
  const files = dataFiles(options.dataDir);
  prepareDataDir(files);
  const secrets = keepSecrets(files);
  const choice = readChoice({}, "stand-in");
  const ports = await choosePorts(files, null, () => {});
  // Callers know one address; which instance answers is decided for each request.
  const addresses = { ...addressesOf(ports, choice), app: webhookUrl };
  const env = {
    ...environmentOf(addresses, choice, files, secrets, false),
    // The model of balances knows a fee of 2.9 % and nothing else.
    FEE_POLICY: "percent",
    FEE_BPS: "290",
    FEE_FIXED_MINOR: "0",
    FEE_OFF_FOR: "",
    CURRENCY: "USD",
    LOG_LEVEL: "warn",
  };
  const settings: PartSettings = { addresses, choice, files, ports, secrets, env, host: HOST, dev: false };

  const executorPorts = await freePorts(options.executors);
  const appPorts = await freePorts(options.instances);
  // Each executor has a database for its own state: the embedded one is alone on its database.
  const executors = executorPorts.map((port, index): Numbered => {
    const databaseUrl = addresses.database.replace(/evenkeel$/, `jobs_${index + 1}`);
    const part = inngestPart({
      ...settings,
      files: filesOf(files, `inngest-${index + 1}`),
      env: { ...env, DATABASE_URL: databaseUrl },
      ports: { ...ports, inngest: port },
      addresses: { ...addresses, app: local(appPorts[index] ?? 0) },
    });
    return { part: { ...part, name: `inngest-${index + 1}` }, url: local(port), databaseUrl };
  });
  const instances = appPorts.map((port, index): Numbered => {
    const part = appPart({
      ...settings,
      files: filesOf(files, `app-${index + 1}`),
      env: { ...env, INNGEST_BASE_URL: local(executorPorts[index % executorPorts.length] ?? 0) },
      ports: { ...ports, app: port },
    });
    return { part: { ...part, name: `app-${index + 1}` }, url: local(port), databaseUrl: addresses.database };
  });
  return {
    settings,
    postgres: postgresPart(settings),
    stripe: stripePart(settings),
    mail: mailPart(settings),
    executors,
    instances,
  };
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
