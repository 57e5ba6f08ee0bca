import type postgres from "postgres";
import type { RunStatus } from "./runs";

export interface RunSummary {
  id: string;
  function: string;
  status: RunStatus;
  event: string;
  data: unknown;
  calls: number;
  steps: string[];
  result: unknown;
  error: unknown;
  startedAt: Date;
  endedAt: Date | null;
}

/** The newest runs, for the page and for programs that look on. @param onlyFailed leaves out all others */
export async function recentRuns(sql: postgres.Sql, limit: number, onlyFailed = false): Promise<RunSummary[]> {
  return sql<RunSummary[]>`
    select r.id, r.fn_id as function, r.status, r.events -> 0 ->> 'name' as event, r.events -> 0 -> 'data' as data, r.calls,
      coalesce((select array_agg(coalesce(s.name, s.id) order by s.pos) from steps s where s.run_id = r.id), '{}') as steps,
      r.result, r.error, r.started_at as "startedAt", r.ended_at as "endedAt"
    from runs r where ${onlyFailed ? sql`r.status = 'failed'` : sql`true`} order by r.seq desc limit ${limit}`;
}
