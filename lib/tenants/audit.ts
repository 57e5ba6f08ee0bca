import { sql } from "drizzle-orm";
import { withTenant } from "@/db/client";
import type { TenantScope } from "@/lib/auth/scope";

export const AUDITED = ["adjustment", "refund", "consent", "plan", "token", "invoice"] as const;
export type AuditedKind = (typeof AUDITED)[number];
/** Something that somebody did, as its own row tells it. */
export type AuditEntry = { at: Date; kind: AuditedKind; actor: string; detail: string | null };

type Row = { at: string; kind: AuditedKind; actor: string; detail: string | null };

/**
 * What was done by hand for a tenant, by whomever, newest first: corrections, refunds, auto-recharge turned on, plans, invoices
 * written, tokens. Each is read from the rows that the deed itself has left, so that nothing can be done without.
 */
export async function listAudit(scope: TenantScope, limit: number): Promise<AuditEntry[]> {
  const tenant = sql`tenant_id = ${scope.tenantId}::uuid`;
  const rows = await withTenant(scope, (tx) =>
    tx.execute<Row>(sql`
      select * from (
        (select created_at as at, 'adjustment' as kind, coalesce(metadata->>'actor', '') as actor, description as detail
          from ledger_transactions where ${tenant} and kind = 'adjustment' order by created_at desc limit ${limit})
        union all
        (select created_at, 'refund', actor, reason from refunds where ${tenant} order by created_at desc limit ${limit})
        union all
        (select created_at, 'consent', actor, text_version from recharge_consents where ${tenant} order by created_at desc limit ${limit})
        union all
        (select created_at, 'plan', actor, kind || coalesce(' → ' || to_plan, '') || ': ' || state
          from subscription_changes where ${tenant} order by created_at desc limit ${limit})
        union all
        (select created_at, 'invoice', created_by, number from invoices
          where ${tenant} and reason = 'manual' order by created_at desc limit ${limit})
        union all
        (select t.created_at, 'token', coalesce(u.email, ''), t.name from api_tokens t left join users u on u.user_id = t.created_by
          where t.tenant_id = ${scope.tenantId}::uuid order by t.created_at desc limit ${limit})
      ) deeds order by at desc limit ${limit}`),
  );
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}
