import path from "node:path";
import type postgres from "postgres";
import type { PartSettings } from "../demo/parts";
import { paymentsOf, triesOf } from "../simulator/checks/at-stripe";
import { checkBalances } from "../simulator/checks/balance-model";
import { checkBooks } from "../simulator/checks/books";
import { checkEndings } from "../simulator/checks/endings";
import type { Evidence, Reserved } from "../simulator/checks/evidence";
import { checkLedger } from "../simulator/checks/ledger";
import { checkNotices } from "../simulator/checks/notices";
import { checkPauses } from "../simulator/checks/pauses";
import { checkRules } from "../simulator/checks/rules";
import type { SimulatedTenant } from "../simulator/tenant";
import { Account } from "../stripe/account";

/** Whoever reserves an attempt has read the balance not longer before. */
const AT_WORK_MS = 30_000;
/** A debit's row may be stamped a moment after the attempt that has seen it: instants are taken when work begins. */
const INEXACT_MS = 2_000;

export type LookedBack = { violations: string[]; payments: number; declined: number; debitedMinor: number };

/**
 * The simulator's checks on what really ran: rows, answers, and the journal that the stand-in has left.
 * @param unanswered calls that never got an answer
 */
export async function lookBack(
  sql: postgres.Sql,
  { files, secrets }: Pick<PartSettings, "files" | "secrets">,
  tenants: SimulatedTenant[],
  unanswered: readonly string[],
): Promise<LookedBack> {
  const keys = { secretKey: secrets.stripeSecretKey, publishableKey: secrets.stripePublishableKey };
  const account = new Account(keys, path.join(files.stripe, "journal.jsonl"));
  const violations: string[] = [];
  const evidence: Evidence = {
    sql,
    stripe: { account },
    tenants,
    reserved: await readReserved(sql),
    brakes: { stopAll: false, dryRun: false },
    inPerson: new Set(),
    calls: { unanswered },
    scheduler: { deadlocks: await countDeadlocks(sql) },
    violate: (text) => void violations.push(text),
    tenantOf: (tenantId) => tenants.find((tenant) => tenant.tenantId === tenantId),
  };
  try {
    for (const check of [
      checkEndings,
      checkLedger,
      checkBooks,
      checkBalances,
      checkRules,
      checkPauses,
      checkNotices,
      checkAlone,
    ])
      await check(evidence);
    const sum = (of: (tenant: SimulatedTenant) => number) => tenants.reduce((total, tenant) => total + of(tenant), 0);
    return {
      violations,
      payments: sum((tenant) => paymentsOf(evidence, tenant).length),
      declined: sum((tenant) => triesOf(evidence, tenant).filter(({ charge }) => charge.status === "failed").length),
      debitedMinor: sum(({ accepted }) => accepted.debitedMinor + accepted.capturedMinor),
    };
  } finally {
    account.store.close();
  }
}

async function readReserved(sql: postgres.Sql): Promise<Map<string, Reserved>> {
  const rows = await sql<{ id: string; at: Date }[]>`select attempt_id as id, created_at as at from recharge_attempts`;
  return new Map(
    rows.map(({ id, at }) => {
      const atMs = at.getTime();
      return [id, { atMs, taskStartedMs: atMs - AT_WORK_MS, seenUntilMs: atMs + INEXACT_MS }];
    }),
  );
}

async function countDeadlocks(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ deadlocks: number }[]>`
    select deadlocks::int from pg_stat_database where datname = current_database()`;
  return row?.deadlocks ?? 0;
}

/** Two charges by themselves for one low balance: the second began while the first was not in the ledger yet. */
async function checkAlone(evidence: Evidence): Promise<void> {
  const credited = await evidence.sql<{ intent: string; at: Date }[]>`
    select source_id as intent, created_at as at from ledger_transactions where kind = 'recharge'`;
  const creditedAt = new Map(credited.map(({ intent, at }) => [intent, at.getTime()]));
  for (const tenant of evidence.tenants) {
    let before: { id: string; settledMs: number } | null = null;
    for (const { intent, attemptId } of paymentsOf(evidence, tenant)) {
      const reservedMs = evidence.reserved.get(attemptId)?.atMs ?? 0;
      if (before && reservedMs + INEXACT_MS < before.settledMs)
        evidence.violate(`${tenant.name}: ${intent.id} was begun before ${before.id} was in the ledger`);
      before = { id: intent.id, settledMs: creditedAt.get(intent.id) ?? 0 };
    }
  }
}
