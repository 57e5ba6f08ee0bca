/** One line of the log as the diagnostics page shows it. */
export type LogLine = {
  time: string;
  level: string;
  msg: string;
  tenantId?: string;
  requestId?: string;
  [key: string]: unknown;
};

const KEEP = 500;

/** The last lines of this process, in memory, for the diagnostics page; the log itself goes to standard output. */
class RecentLogs {
  readonly #lines: LogLine[] = [];

  readonly stream = {
    write: (line: string) => {
      try {
        this.#lines.push(JSON.parse(line) as LogLine);
      } catch {
        return;
      }
      if (this.#lines.length > KEEP) this.#lines.splice(0, this.#lines.length - KEEP);
    },
  };

  /** Newest first, only the given tenant's. */
  of(tenantId: string, limit = 50): LogLine[] {
    return this.#lines
      .filter((l) => l.tenantId === tenantId)
      .slice(-limit)
      .reverse();
  }
}

const shared = globalThis as typeof globalThis & { evenkeelRecentLogs?: RecentLogs };
shared.evenkeelRecentLogs ??= new RecentLogs();
export const recentLogs = shared.evenkeelRecentLogs;
