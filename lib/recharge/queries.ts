import { and, desc, eq, sql } from "drizzle-orm";
import { withTenant } from "@/db/client";
import { rechargeAttempts, rechargeDecisions } from "@/db/schema";
import type { TenantScope } from "@/lib/auth/scope";
import type { Page, PageRequest } from "@/lib/balance/queries";
import { AppError, invalid } from "@/lib/errors";
import { type AttemptId, isId } from "@/lib/ids";
import { toAttempt } from "./attempt";
import type { Attempt, Decision, DecisionInputs, Reason } from "./types";

function cursorId(cursor: string | null): string | null {
  if (cursor !== null && !isId(cursor)) throw invalid("cursor", "is not one that this list gave out");
  return cursor;
}

/** Attempts, newest first. Ids are ordered by time, so the last one shown is the cursor. */
export async function listAttempts(scope: TenantScope, page: PageRequest): Promise<Page<Attempt>> {
  const before = cursorId(page.cursor);
  const rows = await withTenant(scope, (tx) =>
    tx
      .select()
      .from(rechargeAttempts)
      .where(
        and(
          eq(rechargeAttempts.tenantId, scope.tenantId),
          before ? sql`${rechargeAttempts.attemptId} < ${before}::uuid` : undefined,
        ),
      )
      .orderBy(desc(rechargeAttempts.attemptId))
      .limit(page.limit + 1),
  );
  const data = rows.slice(0, page.limit).map(toAttempt);
  return { data, nextCursor: rows.length > page.limit ? (data.at(-1)?.attemptId ?? null) : null };
}

/** @throws AppError not_found, also for another tenant's attempt */
export async function getAttempt(scope: TenantScope, attemptId: string): Promise<Attempt> {
  if (!isId(attemptId)) throw new AppError("not_found");
  const [row] = await withTenant(scope, (tx) =>
    tx
      .select()
      .from(rechargeAttempts)
      .where(
        and(eq(rechargeAttempts.tenantId, scope.tenantId), eq(rechargeAttempts.attemptId, attemptId as AttemptId)),
      ),
  );
  return toAttempt(row);
}

/** The why list, newest first. */
export async function listDecisions(scope: TenantScope, page: PageRequest): Promise<Page<Decision>> {
  const before = cursorId(page.cursor);
  const rows = await withTenant(scope, (tx) =>
    tx
      .select({ decision: rechargeDecisions, attemptState: rechargeAttempts.state })
      .from(rechargeDecisions)
      .leftJoin(
        rechargeAttempts,
        and(
          eq(rechargeAttempts.tenantId, rechargeDecisions.tenantId),
          eq(rechargeAttempts.attemptId, rechargeDecisions.attemptId),
        ),
      )
      .where(
        and(
          eq(rechargeDecisions.tenantId, scope.tenantId),
          before ? sql`${rechargeDecisions.decisionId} < ${before}::uuid` : undefined,
        ),
      )
      .orderBy(desc(rechargeDecisions.decisionId))
      .limit(page.limit + 1),
  );
  const data = rows.slice(0, page.limit).map(
    ({ decision: row, attemptState }): Decision => ({
      decisionId: row.decisionId,
      at: row.createdAt,
      lastAt: row.lastAt,
      repeats: row.repeats,
      trigger: row.trigger,
      outcome: row.outcome as Decision["outcome"],
      reason: row.reason as Reason,
      inputs: row.inputs as DecisionInputs,
      attemptId: row.attemptId,
      attemptState: row.outcome === "charge" ? attemptState : null,
      nextPossibleAt: row.nextPossibleAt,
    }),
  );
  return { data, nextCursor: rows.length > page.limit ? (data.at(-1)?.decisionId ?? null) : null };
}
