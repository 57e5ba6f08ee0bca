-- Requests of a tenant run as the role evenkeel_tenant, which sees only the rows of the tenant named by app.tenant_id:
-- without it, none. Jobs, webhooks, sign-in and operators run as the owner of the tables.
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'evenkeel_tenant') THEN
    CREATE ROLE evenkeel_tenant NOLOGIN;
  END IF;
  IF NOT pg_has_role(current_user, 'evenkeel_tenant', 'USAGE') OR NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT evenkeel_tenant TO %I', current_user);
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO evenkeel_tenant;
--> statement-breakpoint
-- For each table of a tenant's data: call it in the migration that creates the table.
CREATE PROCEDURE secure_tenant_table(p_table regclass, p_privileges text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
  EXECUTE format('CREATE POLICY tenant_only ON %s TO evenkeel_tenant USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', p_table);
  EXECUTE format('GRANT %s ON %s TO evenkeel_tenant', p_privileges, p_table);
END $$;
--> statement-breakpoint
CALL secure_tenant_table('tenants', 'SELECT, UPDATE');
--> statement-breakpoint
CALL secure_tenant_table('memberships', 'SELECT, INSERT, UPDATE, DELETE');
--> statement-breakpoint
CALL secure_tenant_table('api_tokens', 'SELECT, INSERT, UPDATE');
--> statement-breakpoint
CALL secure_tenant_table('idempotency_keys', 'SELECT, INSERT, UPDATE, DELETE');
--> statement-breakpoint
CALL secure_tenant_table('ledger_accounts', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('ledger_transactions', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('ledger_entries', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('ledger_holds', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('recharge_rules', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('recharge_consents', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('recharge_attempts', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('recharge_decisions', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('card_tries', 'SELECT');
--> statement-breakpoint
CALL secure_tenant_table('payment_methods', 'SELECT, INSERT, UPDATE');
--> statement-breakpoint
CALL secure_tenant_table('notifications', 'SELECT, UPDATE');
--> statement-breakpoint
CALL secure_tenant_table('stripe_events', 'SELECT');
--> statement-breakpoint
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY members_only ON users TO evenkeel_tenant USING (EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = users.user_id));
--> statement-breakpoint
GRANT SELECT (user_id, email, name) ON users TO evenkeel_tenant;
--> statement-breakpoint
-- A card's budget is counted over all tenants, by pages as by the engine; nothing but times leaves this function.
CREATE FUNCTION unpaid_card_tries(p_fingerprints text[], p_since timestamptz) RETURNS TABLE (fingerprint text, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.fingerprint, t.created_at FROM card_tries t
  WHERE t.fingerprint = ANY (p_fingerprints) AND t.created_at >= p_since AND NOT t.succeeded ORDER BY t.created_at
$$;
--> statement-breakpoint
GRANT SELECT ON recharge_brakes, job_runs TO evenkeel_tenant;
--> statement-breakpoint
INSERT INTO recharge_brakes (id) VALUES (1);
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION ledger_post, ledger_hold_place, ledger_hold_end, unpaid_card_tries FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION ledger_post, ledger_hold_place, ledger_hold_end, unpaid_card_tries TO evenkeel_tenant;
