import type { TenantScope } from "@/lib/auth/scope";
import { readBacklog } from "@/lib/health/backlog";
import { OLDEST_SWEEP_SECONDS, SWEEP_JOB } from "@/lib/health/checks";
import { getTenant } from "@/lib/tenants/queries";
import { checkMail } from "./mail";
import type { Step } from "./step";
import { checkKeys, checkStripe } from "./stripe";
import { checkWebhook } from "./webhook";

async function checkJobs(): Promise<Step> {
  const { jobs } = await readBacklog();
  const sweep = jobs.find((run) => run.job === SWEEP_JOB);
  if (!sweep?.finishedAt) return { name: "jobs", state: "warn", detail: "sweepNever" };
  const late = (sweep.ageSeconds ?? 0) > OLDEST_SWEEP_SECONDS;
  return { name: "jobs", state: late ? "fail" : "pass", detail: late ? "sweepLate" : "sweepRan", at: sweep.finishedAt };
}

/** Each step of the payment set-up as the server sees it, in the order in which a payment passes through them. */
export async function runChecks(scope: TenantScope): Promise<Step[]> {
  const startedAt = performance.now();
  const tenant = await getTenant(scope);
  const database: Step = {
    name: "database",
    state: "pass",
    detail: "databaseAnswers",
    values: { ms: Math.round(performance.now() - startedAt) },
  };
  const [stripeSteps, webhook, jobs, mail] = await Promise.all([
    checkStripe(tenant.stripeCustomerId),
    checkWebhook(scope.tenantId, tenant.stripeCustomerId),
    checkJobs(),
    checkMail(),
  ]);
  return [checkKeys(), ...stripeSteps, webhook, jobs, mail, database];
}
