CALL secure_tenant_table('subscriptions', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('subscription_changes', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('credit_withdrawals', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('usage_events', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('usage_days', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('usage_periods', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('usage_carry', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('invoices', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('invoice_lines', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('invoice_payments', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('credit_notes', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('number_series', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('meter_reports', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('trial_claims', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('dunning_cases', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('dunning_steps', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('transactions', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('refunds', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('receipts', 'SELECT');
--> statement-breakpoint
-- Operators' alone: named by tenant, but no tenant may read it.
ALTER TABLE reconciliation_differences ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY nobody ON reconciliation_differences TO evenkeel_tenant USING (false);
--> statement-breakpoint
CALL secure_tenant_table('invitations', 'SELECT, INSERT, UPDATE');
--> statement-breakpoint
CALL secure_tenant_table('branding', 'SELECT, INSERT, UPDATE');
--> statement-breakpoint
CALL secure_tenant_table('muted_notices', 'SELECT, INSERT, DELETE');
--> statement-breakpoint
GRANT SELECT ON stripe_prices TO evenkeel_tenant;
--> statement-breakpoint
-- Accounts made on the command line, and all that were there before, have proven addresses.
UPDATE users SET email_confirmed_at = created_at;
--> statement-breakpoint
-- Every tenant has a plan: those that are there already begin with the free one.
INSERT INTO subscriptions (tenant_id, subscription_id, plan, plan_version, billing_cycle, status, currency,
    current_period_start, current_period_end, usage_anchor_at, created_at, synced_at)
  SELECT tenant_id, gen_random_uuid(), 'free', '2026-11', 'monthly', 'active', currency,
    created_at, created_at + interval '1 month', created_at, created_at, created_at FROM tenants;
--> statement-breakpoint
-- Top-ups that were paid before there was a list of transactions.
INSERT INTO transactions (tenant_id, transaction_id, number, type, status, currency, amount_minor, fee_minor, net_minor,
    description, source_kind, source_id, stripe_payment_intent_id, created_at, processed_at)
  SELECT tenant_id, attempt_id, 'TX-' || lpad((row_number() OVER w)::text, 6, '0'), 'payment', 'succeeded', currency,
    total_minor, fee_minor, amount_minor, 'top_up', 'recharge', attempt_id::text, stripe_payment_intent_id, created_at, completed_at
  FROM recharge_attempts WHERE state = 'succeeded' WINDOW w AS (PARTITION BY tenant_id ORDER BY created_at, attempt_id);
--> statement-breakpoint
INSERT INTO receipts (tenant_id, receipt_id, number, attempt_id, issued_at)
  SELECT tenant_id, attempt_id, 'R-' || lpad((row_number() OVER w)::text, 6, '0'), attempt_id, completed_at
  FROM recharge_attempts WHERE state = 'succeeded' WINDOW w AS (PARTITION BY tenant_id ORDER BY created_at, attempt_id);
--> statement-breakpoint
INSERT INTO number_series (tenant_id, series, last)
  SELECT tenant_id, s.series, count(*) FROM recharge_attempts, (VALUES ('transaction'), ('receipt')) s (series)
  WHERE state = 'succeeded' GROUP BY tenant_id, s.series;
