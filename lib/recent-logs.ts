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
  // As text: of most lines nobody ever asks.
  readonly #lines: string[] = [];

  readonly stream = {
    write: (line: string) => {
      this.#lines.push(line);
      if (this.#lines.length > 2 * KEEP) this.#lines.splice(0, this.#lines.length - KEEP);
    },
  };

  /** Newest first, only the given tenant's. */
  of(tenantId: string, limit = 50): LogLine[] {
    return this.#lines
      .slice(-KEEP)
      .filter((line) => line.includes(tenantId))
      .map((line) => JSON.parse(line) as LogLine)
      .filter((line) => line.tenantId === tenantId)
      .slice(-limit)
      .reverse();
  }
}

const shared = globalThis as typeof globalThis & { evenkeelRecentLogs?: RecentLogs };
shared.evenkeelRecentLogs ??= new RecentLogs();
export const recentLogs = shared.evenkeelRecentLogs;
