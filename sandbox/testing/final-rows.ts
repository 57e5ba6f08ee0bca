import type postgres from "postgres";

/** What a row says of how it came about, not of what is: who held it when, when Stripe was last asked, how often it was tried. */
const FLEETING = new Set([
  "synced_at",
  "claimed_until",
  "lease_until",
  "attempts",
  "last_error",
  "received_at",
  "handled_at",
  "via",
  "hosted_url",
  "slug",
]);

/** Tables of people and machinery, which the money does not know: what was heard is not what came of it. */
const NOT_BILLING = new Set([
  "api_tokens",
  "email_links",
  "idempotency_keys",
  "memberships",
  "rate_limits",
  "stripe_events",
  "user_sessions",
]);

const ID =
  /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|\b(?:pi|seti)_\w+_secret_\w+|\b(?:upcoming_in|cus|sub|si|in|inpay|il|ii|pi|ch|py|pm|price|evt|seti|re|pyr|cn|txn|du|mandate)_[A-Za-z0-9]{8,}/g;

type Row = Record<string, unknown>;
export type FinalRows = Record<string, Row[]>;

async function tablesOf(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and column_name = 'tenant_id' and table_type = 'BASE TABLE' order by 1`;
  return rows.map(({ name }) => name).filter((name) => !NOT_BILLING.has(name));
}

function kept(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !FLEETING.has(column)));
}

/**
 * Every row that a tenant has, as it can be compared with those of another life: ids are ordinals in the order in which rows name
 * them, and rows are sorted by what they say without them.
 */
export async function finalRows(sql: postgres.Sql, tenantId: string): Promise<FinalRows> {
  const names = new Map<string, string>();
  const alias = (id: string) => {
    const known = names.get(id) ?? `#${names.size + 1}`;
    names.set(id, known);
    return known;
  };
  const found: FinalRows = {};
  for (const table of await tablesOf(sql)) {
    const rows = await sql<
      { row: Row }[]
    >`select to_jsonb(t) as row from ${sql(table)} t where tenant_id = ${tenantId}`;
    found[table] = rows
      .map(({ row }) => JSON.stringify(kept(row)))
      .map((text) => ({ text, order: text.replace(ID, "#") }))
      .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
      .map(({ text }) => JSON.parse(text.replace(ID, alias)) as Row);
  }
  return found;
}

/** The columns that say what was billed, paid, told and decided, without when. */
const MONEY: Record<string, string[]> = {
  invoices: ["number", "status", "reason", "total_minor", "amount_paid_minor", "period_start", "period_end"],
  invoice_payments: ["trigger", "state", "amount_minor", "failure_code", "decline_code"],
  transactions: ["number", "type", "status", "amount_minor", "fee_minor", "net_minor", "refunded_minor", "source_kind"],
  ledger_accounts: ["account", "currency", "balance_minor", "held_minor", "version"],
  ledger_entries: ["account", "version", "amount_minor", "balance_after_minor"],
  dunning_cases: ["state", "outcome", "first_failure_code", "first_decline_code"],
  dunning_steps: ["kind", "position", "outcome"],
  usage_periods: ["metric", "period_start", "period_end", "plan", "used", "overage", "included", "cost_minor_exact"],
  usage_carry: ["metric", "carry_minor_exact"],
  subscriptions: ["plan", "status", "billing_cycle", "current_period_start", "current_period_end", "ended_at"],
  receipts: ["number"],
  recharge_attempts: ["state", "trigger", "amount_minor", "fee_minor", "total_minor"],
  notifications: ["kind"],
};

/** The part of a life's rows that is money, where webhooks came late: the same whenever it was heard of. */
export const moneyOf = (rows: FinalRows): FinalRows =>
  Object.fromEntries(
    Object.entries(MONEY).map(([table, columns]) => {
      const values = (rows[table] ?? []).map((row) =>
        Object.fromEntries(columns.map((column) => [column, row[column]])),
      );
      return [table, values.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))];
    }),
  );
