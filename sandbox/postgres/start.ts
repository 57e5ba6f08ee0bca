import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { stopProcess } from "../processes/stop";
import { type Account, chooseAccount } from "./account";
import { type Binaries, findBinaries } from "./binaries";
import { createCluster, PASSWORD } from "./cluster";
import { isReady, releaseDataDir } from "./lock";

const START_LIMIT_MS = 60_000;

export interface PostgresOptions {
  dataDir: string;
  port: number;
  /** Server settings beyond ours, such as `{ fsync: "off" }` for tests. */
  settings?: Record<string, string>;
  /** Where the server's messages go; by default `server.log` in the data folder. */
  logFile?: string;
  /** Gives the server a process group of its own, so that Ctrl-C in the terminal does not reach it. */
  detached?: boolean;
}

export interface RunningPostgres {
  /** Connects as the owner to the database `postgres`. */
  url: string;
  pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL on 127.0.0.1 with UTF-8, UTC and the C collation. The cluster is created at first use; a
 * server that a killed parent left behind on the same folder is ended first.
 * @throws when it is not ready within a minute, with the last lines of its log
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const binaries = findBinaries();
  const account = chooseAccount(dataDir, [binaries.postgres]);
  if (!existsSync(path.join(dataDir, "PG_VERSION"))) createCluster(dataDir, binaries, account);
  await releaseDataDir(dataDir);

  const logFile = options.logFile ?? path.join(dataDir, "server.log");
  const deadline = performance.now() + START_LIMIT_MS;
  for (;;) {
    const logged = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    const child = launch(dataDir, binaries, account, logFile, options);
    if (await becomesReady(child, dataDir, deadline)) return running(child, options.port);
    const log = readFileSync(logFile, "utf8").slice(logged);
    // The children of a server that was killed need a moment to notice.
    if (!/still in use/.test(log) || performance.now() > deadline) {
      throw new Error(`PostgreSQL did not start on ${dataDir}:\n${log}`);
    }
    await pause(200);
  }
}

function running(child: ChildProcess, port: number): RunningPostgres {
  const pid = child.pid as number;
  const exited =
    child.exitCode !== null ? Promise.resolve() : new Promise<void>((done) => child.once("exit", () => done()));
  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    pid,
    exited,
    stop: () => stopProcess(pid, { signal: "SIGINT", patienceMs: 20_000 }),
  };
}

function launch(
  dir: string,
  binaries: Binaries,
  account: Account,
  logFile: string,
  options: PostgresOptions,
): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [program, ...args] = [...account.prefix, binaries.postgres, "-D", dir, "-p", String(options.port), ...flags];
  const log = openSync(logFile, "a");
  const child = spawn(program as string, args, {
    ...account.spawnAs,
    env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", log, log],
    detached: options.detached ?? false,
  });
  closeSync(log);
  return child;
}

async function becomesReady(child: ChildProcess, dataDir: string, deadline: number): Promise<boolean> {
  let failed = false;
  child.once("error", () => {
    failed = true;
  });
  while (!failed && child.exitCode === null && child.signalCode === null) {
    if (child.pid && isReady(dataDir, child.pid)) return true;
    if (performance.now() > deadline) {
      child.kill("SIGKILL");
      return false;
    }
    await pause(20);
  }
  return false;
}
