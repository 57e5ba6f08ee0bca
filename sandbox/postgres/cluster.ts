import { spawnSync } from "node:child_process";
import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type { Account } from "./account";
import type { Binaries } from "./binaries";

/** The owner's password on every embedded server: it listens on 127.0.0.1 and holds made-up data only. */
export const PASSWORD = "evenkeel";

/**
 * Creates a PostgreSQL cluster in an empty folder: UTF-8, C collation, password for every connection.
 * @throws with initdb's own words when it fails
 */
export function createCluster(dataDir: string, binaries: Binaries, account: Account): void {
  // Made beside and moved into place, so that a start that is killed half way leaves no half cluster behind.
  const draft = `${dataDir}.new`;
  const passwordFile = `${dataDir}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${PASSWORD}\n`, { mode: 0o600 });
  const { owner } = account;
  if (owner) for (const file of [draft, passwordFile]) chownSync(file, owner.uid, owner.gid);
  try {
    const [program = binaries.initdb, ...args] = [
      ...account.prefix,
      binaries.initdb,
      `--pgdata=${draft}`,
      "--username=postgres",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-sync",
    ];
    const result = spawnSync(program, args, {
      ...account.spawnAs,
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
    });
    if (result.status !== 0) throw new Error(`initdb failed: ${result.error?.message ?? result.stderr}`);
    renameSync(draft, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
