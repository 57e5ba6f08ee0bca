import { systemDb } from "@/db/client";
import { jobRuns } from "@/db/schema";
import { now } from "./clock";

/** Notes that a recurring job ran to its end; health and diagnostics read it. @param outcome a few words or numbers */
export async function noteJobRun(job: string, outcome: Record<string, unknown>): Promise<void> {
  const finishedAt = now();
  const text = JSON.stringify(outcome);
  await systemDb()
    .insert(jobRuns)
    .values({ job, finishedAt, outcome: text })
    .onConflictDoUpdate({ target: jobRuns.job, set: { finishedAt, outcome: text } });
}
