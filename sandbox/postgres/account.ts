import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

interface Ids {
  uid: number;
  gid: number;
}

/** How to start a PostgreSQL program: PostgreSQL refuses to run as root, so root hands over to another account. */
export interface Account {
  /** Who owns the data folder; null: whoever runs this. */
  owner: Ids | null;
  /** The same, where the program is to be started with that identity. */
  spawnAs: Ids | null;
  /** Words to put before the program and its arguments; empty when it can be started directly. */
  prefix: string[];
}

/**
 * Chooses the account that PostgreSQL runs as, and gives it the data folder.
 * @param places folders that the account must be able to enter
 * @throws when it cannot reach them and nothing can be done about it
 */
export function chooseAccount(dataDir: string, places: string[]): Account {
  const existed = existsSync(dataDir);
  mkdirSync(path.dirname(dataDir), { recursive: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (process.getuid?.() !== 0) return { owner: null, spawnAs: null, prefix: [] };

  const owner = statSync(dataDir);
  const ids = existed && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : unprivilegedAccount();
  chownSync(dataDir, ids.uid, ids.gid);

  const closed = [dataDir, ...places].map((place) => closedFolderAbove(place)).find((folder) => folder !== null);
  if (!closed) return { owner: ids, spawnAs: ids, prefix: [] };
  // A clone below /root, say. setpriv changes the account and keeps the one right to pass such folders.
  const setpriv = [
    "setpriv",
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    "--clear-groups",
    "--securebits=+no_setuid_fixup",
  ];
  const prefix = [...setpriv, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  try {
    execFileSync(prefix[0] as string, [...prefix.slice(1), "true"], { stdio: "ignore" });
  } catch {
    throw new Error(
      `PostgreSQL cannot run as root, and another account cannot enter ${closed}. ` +
        `Run as an ordinary user, or allow it with: chmod o+x ${closed}`,
    );
  }
  return { owner: ids, spawnAs: null, prefix };
}

function unprivilegedAccount(): Ids {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("PostgreSQL cannot run as root, and this system has neither an account postgres nor nobody.");
}

function closedFolderAbove(place: string): string | null {
  let folder = path.dirname(path.resolve(place));
  for (;;) {
    if ((statSync(folder).mode & 0o001) === 0) return folder;
    const parent = path.dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}
