import postgres from "postgres";

/** Any number that nothing else in this database uses. */
const LOCK = 4711_2026;
const LOOK_AGAIN_MS = 200;

export interface ExecutorLock {
  /** Takes the lock again if its connection was lost. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Waits until this is the only executor on the database. A killed one's lock goes with its connection, so every lease
 * it had is void once we have the lock.
 * @param onWait told once when another executor has to be waited for
 */
export async function becomeOnlyExecutor(databaseUrl: string, onWait: () => void): Promise<ExecutorLock> {
  // A connection of its own that is never recycled: the lock lives as long as it does.
  const sql = postgres(databaseUrl, { max: 1, max_lifetime: null, idle_timeout: 0, onnotice: () => undefined });
  const acquire = async (): Promise<boolean> => {
    const [row] = await sql<{ locked: boolean }[]>`select pg_try_advisory_lock(${LOCK}) as locked`;
    return row?.locked ?? false;
  };
  for (let tries = 0; !(await acquire()); tries++) {
    if (tries === 0) onWait();
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return {
    renew: async () => {
      await acquire();
    },
    release: () => sql.end({ timeout: 1 }),
  };
}
