import postgres from "postgres";
import { systemSql } from "@/db/client";
import { now } from "@/lib/clock";
import { AppError, invariant } from "@/lib/errors";
import { newId, type TenantId } from "@/lib/ids";
import type { Currency } from "@/lib/money/currency";
import { toMinor } from "@/lib/money/minor";
import { ALONE, doTogether } from "@/lib/together";
import { ledgerRefusal } from "./errors";
import type { Leg, Posted, Posting } from "./types";

export type Row = {
  balance_minor: string | number;
  held_minor: string | number;
  needs_recharge: boolean;
  duplicates: number[];
};

/** A posting that takes from the prepaid account what it gives to one other. */
export type Take = { tenantId: TenantId; currency: Currency; enforceFloor: boolean; posting: Posting; to: Leg };

export function toPosted(row: Row | undefined, ids: string[]): Posted {
  invariant(row, "the ledger answered nothing");
  return {
    balanceMinor: toMinor(Number(row.balance_minor)),
    heldMinor: toMinor(Number(row.held_minor)),
    needsRecharge: row.needs_recharge,
    replayed: row.duplicates.map((n) => n - 1),
    ids,
  };
}

/** The leg that gets what is taken from the prepaid account, of a posting that is no more than that; else null. */
export function takes({ legs, reversesId }: Posting): Leg | null {
  const [from, to] = legs;
  const isTake = legs.length === 2 && from?.account === "prepaid" && from.amountMinor < 0 && !reversesId;
  return isTake && to && to.account !== "prepaid" && to.amountMinor === -from.amountMinor ? to : null;
}

const metadataOf = ({ metadata }: Posting) => (metadata ? JSON.stringify(metadata) : null);

async function takeAlone({ tenantId, currency, enforceFloor, posting: p, to }: Take): Promise<Posted> {
  const id = newId();
  try {
    const [row] = await systemSql()<
      Row[]
    >`select * from ledger_take(${tenantId}::uuid, ${currency}, ${now().toISOString()}::timestamptz, ${enforceFloor}, ${id}::uuid,
      ${p.kind}, ${p.sourceId}, ${p.description ?? null}::text, ${metadataOf(p)}::text, ${to.account}, ${to.amountMinor}::bigint)`;
    return toPosted(row, [id]);
  } catch (error) {
    throw ledgerRefusal(error);
  }
}

async function takeAll(takes: Take[]): Promise<(Posted | typeof ALONE)[]> {
  const ids = takes.map(() => newId());
  const column = <T>(of: (take: Take) => T) => takes.map(of);
  try {
    const rows = await systemSql()<
      (Row & { nth: number })[]
    >`select * from ledger_take_together(${now().toISOString()}::timestamptz, ${column((t) => t.tenantId)}::uuid[], ${column((t) => t.currency)}::text[],
      ${column((t) => String(t.enforceFloor))}::text[]::boolean[], ${ids}::uuid[], ${column((t) => t.posting.kind)}::text[], ${column((t) => t.posting.sourceId)}::text[],
      ${column((t) => t.posting.description ?? null)}::text[], ${column((t) => metadataOf(t.posting))}::text[],
      ${column((t) => t.to.account)}::text[], ${column((t) => t.to.amountMinor)}::bigint[])`;
    const byNth = new Map(rows.map((row) => [row.nth, row]));
    return ids.map((id, i) => {
      const row = byNth.get(i + 1);
      return row ? toPosted(row, [id]) : ALONE;
    });
  } catch (error) {
    throw ledgerRefusal(error);
  }
}

/** What PostgreSQL says when it has taken a whole transaction back: serialisation_failure, deadlock_detected. */
const TAKEN_BACK = ["40001", "40P01"];

const nothingDone = (error: unknown) =>
  error instanceof AppError || (error instanceof postgres.PostgresError && TAKEN_BACK.includes(error.code));

const work = { all: takeAll, one: takeAlone, nothingDone };

/**
 * Takes from a prepaid account, in a transaction of its own or, when more are waiting than the database does at once, in one with
 * takes from other accounts; each is refused alone.
 * @throws AppError insufficient_balance · debit_id_reused
 */
export const take = (each: Take): Promise<Posted> => doTogether("takes", each, work);
