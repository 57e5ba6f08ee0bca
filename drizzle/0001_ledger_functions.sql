-- The ledger's write path. Each function is called once per request: one round trip. Whoever posts locks the
-- tenant's prepaid account first, so that the other accounts of the tenant need no locks and nothing can deadlock. Error codes: EK001 insufficient balance, EK002 source reused, EK003 hold not active, EK004 other tenant.

CREATE FUNCTION ledger_guard_tenant(p_tenant uuid) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF coalesce(current_setting('app.tenant_id', true), '') NOT IN ('', p_tenant::text) THEN
    RAISE EXCEPTION USING errcode = 'EK004', message = 'ledger call for another tenant than the scope''s';
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION ledger_lock(p_tenant uuid, p_currency text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM ledger_accounts WHERE tenant_id = p_tenant AND account = 'prepaid' AND currency = p_currency FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING errcode = 'EK004', message = 'the tenant has no prepaid account in this currency';
  END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION ledger_post(
  p_tenant uuid, p_currency text, p_now timestamptz, p_enforce_floor boolean,
  p_ids uuid[], p_kinds text[], p_sources text[], p_descriptions text[], p_metadata text[], p_reverses uuid[],
  p_leg_posting int[], p_leg_account text[], p_leg_amount bigint[]
) RETURNS TABLE (balance_minor bigint, held_minor bigint, needs_recharge boolean, duplicates int[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_inserted int;
  v_duplicates int[] := '{}';
  v_account ledger_accounts;
BEGIN
  PERFORM ledger_guard_tenant(p_tenant);
  PERFORM ledger_lock(p_tenant, p_currency);
  IF EXISTS (SELECT 1 FROM unnest(p_leg_account) l (account) WHERE NOT EXISTS (
    SELECT 1 FROM ledger_accounts a WHERE a.tenant_id = p_tenant AND a.account = l.account AND a.currency = p_currency)) THEN
    INSERT INTO ledger_accounts (tenant_id, account, currency) SELECT DISTINCT p_tenant, l.account, p_currency FROM unnest(p_leg_account) l (account)
      ON CONFLICT DO NOTHING;
  END IF;

  INSERT INTO ledger_transactions (tenant_id, transaction_id, kind, source_id, description, metadata, reverses_id, created_at)
    SELECT p_tenant, i.id, i.kind, i.source, i.description, i.metadata::jsonb, i.reverses, p_now
    FROM unnest(p_ids, p_kinds, p_sources, p_descriptions, p_metadata, p_reverses) AS i (id, kind, source, description, metadata, reverses)
    ON CONFLICT (tenant_id, kind, source_id) DO NOTHING;
  GET DIAGNOSTICS v_inserted = ROW_COUNT;

  IF v_inserted < cardinality(p_ids) THEN
    SELECT array_agg(i.n::int ORDER BY i.n) INTO v_duplicates
      FROM unnest(p_ids) WITH ORDINALITY AS i (id, n)
      WHERE NOT EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.tenant_id = p_tenant AND t.transaction_id = i.id);
    IF EXISTS (
      SELECT 1 FROM unnest(p_kinds, p_sources) WITH ORDINALITY AS i (kind, source, n)
        JOIN ledger_transactions t ON t.tenant_id = p_tenant AND t.kind = i.kind AND t.source_id = i.source
        WHERE i.n = ANY (v_duplicates) AND
          (SELECT sum(l.amount) FROM unnest(p_leg_posting, p_leg_account, p_leg_amount) AS l (n, account, amount) WHERE l.n = i.n AND l.account = 'prepaid')
          IS DISTINCT FROM
          (SELECT sum(e.amount_minor) FROM ledger_entries e WHERE e.tenant_id = p_tenant AND e.transaction_id = t.transaction_id AND e.account = 'prepaid')
    ) THEN
      RAISE EXCEPTION USING errcode = 'EK002', message = 'source reused with another amount';
    END IF;
  END IF;

  IF v_inserted > 0 THEN
    WITH legs AS MATERIALIZED (
      SELECT i.id, l.account, l.amount, row_number() OVER w AS nth, sum(l.amount) OVER w AS running
      FROM unnest(p_leg_posting, p_leg_account, p_leg_amount) WITH ORDINALITY AS l (posting, account, amount, o)
        JOIN unnest(p_ids) WITH ORDINALITY AS i (id, n) ON i.n = l.posting
      WHERE NOT (i.n = ANY (v_duplicates))
      WINDOW w AS (PARTITION BY l.account ORDER BY l.o)
    ), written AS (
      INSERT INTO ledger_entries (tenant_id, account, currency, version, transaction_id, amount_minor, balance_after_minor, created_at)
        SELECT p_tenant, l.account, p_currency, a.version + l.nth, l.id, l.amount, a.balance_minor + l.running, p_now
        FROM legs l JOIN ledger_accounts a ON a.tenant_id = p_tenant AND a.account = l.account AND a.currency = p_currency
    )
    -- A balance that rose is another situation: what was put off because nothing could change is looked at again.
    UPDATE ledger_accounts a SET balance_minor = a.balance_minor + s.total, version = a.version + s.entries,
        recharge_check_at = CASE WHEN s.total > 0 THEN '-infinity' ELSE a.recharge_check_at END
      FROM (SELECT account, sum(amount) AS total, count(*) AS entries FROM legs GROUP BY account) s
      WHERE a.tenant_id = p_tenant AND a.account = s.account AND a.currency = p_currency;
  END IF;

  SELECT * INTO v_account FROM ledger_accounts a WHERE a.tenant_id = p_tenant AND a.account = 'prepaid' AND a.currency = p_currency;
  IF p_enforce_floor AND v_inserted > 0 AND v_account.balance_minor - v_account.held_minor < v_account.floor_minor THEN
    RAISE EXCEPTION USING errcode = 'EK001', message = 'insufficient balance';
  END IF;
  RETURN QUERY SELECT v_account.balance_minor, v_account.held_minor,
    v_account.needs_recharge, v_duplicates;
END $$;
--> statement-breakpoint
CREATE FUNCTION ledger_hold_place(
  p_tenant uuid, p_currency text, p_now timestamptz, p_hold uuid, p_source text, p_amount bigint, p_description text, p_expires timestamptz
) RETURNS TABLE (hold_id uuid, balance_minor bigint, held_minor bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_account ledger_accounts;
  v_existing ledger_holds;
BEGIN
  PERFORM ledger_guard_tenant(p_tenant);
  PERFORM ledger_lock(p_tenant, p_currency);
  SELECT * INTO v_existing FROM ledger_holds h WHERE h.tenant_id = p_tenant AND h.source_id = p_source;
  IF FOUND THEN
    IF v_existing.amount_minor <> p_amount THEN
      RAISE EXCEPTION USING errcode = 'EK002', message = 'source reused with another amount';
    END IF;
    p_hold := v_existing.hold_id;
  ELSE
    INSERT INTO ledger_holds (tenant_id, hold_id, currency, amount_minor, state, source_id, description, created_at, expires_at)
      VALUES (p_tenant, p_hold, p_currency, p_amount, 'active', p_source, p_description, p_now, p_expires);
    UPDATE ledger_accounts a SET held_minor = a.held_minor + p_amount
      WHERE a.tenant_id = p_tenant AND a.account = 'prepaid' AND a.currency = p_currency;
  END IF;
  SELECT * INTO v_account FROM ledger_accounts a WHERE a.tenant_id = p_tenant AND a.account = 'prepaid' AND a.currency = p_currency;
  IF v_existing.hold_id IS NULL AND v_account.balance_minor - v_account.held_minor < v_account.floor_minor THEN
    RAISE EXCEPTION USING errcode = 'EK001', message = 'insufficient balance';
  END IF;
  RETURN QUERY SELECT p_hold, v_account.balance_minor, v_account.held_minor;
END $$;
--> statement-breakpoint
CREATE FUNCTION ledger_hold_end(p_tenant uuid, p_hold uuid, p_now timestamptz, p_state text, p_captured bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE v_hold ledger_holds;
BEGIN
  PERFORM ledger_guard_tenant(p_tenant);
  SELECT * INTO v_hold FROM ledger_holds WHERE tenant_id = p_tenant AND hold_id = p_hold;
  PERFORM ledger_lock(p_tenant, v_hold.currency);
  UPDATE ledger_holds SET state = p_state, captured_minor = p_captured, ended_at = p_now
    WHERE tenant_id = p_tenant AND hold_id = p_hold AND state = 'active' AND coalesce(p_captured, 0) <= amount_minor;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING errcode = 'EK003', message = 'hold is not active, or less than the captured amount';
  END IF;
  UPDATE ledger_accounts SET held_minor = held_minor - v_hold.amount_minor
    WHERE tenant_id = p_tenant AND account = 'prepaid' AND currency = v_hold.currency;
END $$;
--> statement-breakpoint
-- What the code promises, the database checks: every transaction is written by one statement and sums to zero per currency,
-- every entry continues its account's chain, and the account's row says what its last entry says.
CREATE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh GROUP BY tenant_id, transaction_id, currency HAVING sum(amount_minor) <> 0) THEN
    RAISE EXCEPTION USING errcode = 'EK010', message = 'ledger: a transaction does not sum to zero';
  END IF;
  IF EXISTS (
    SELECT 1 FROM fresh f
      LEFT JOIN ledger_entries p ON p.tenant_id = f.tenant_id AND p.account = f.account AND p.currency = f.currency AND p.version = f.version - 1
      WHERE f.balance_after_minor - f.amount_minor <> coalesce(p.balance_after_minor, 0) OR (p.version IS NULL AND f.version <> 1)
  ) THEN
    RAISE EXCEPTION USING errcode = 'EK011', message = 'ledger: an entry breaks its account''s chain of balances';
  END IF;
  IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT tenant_id, transaction_id FROM fresh) f
      WHERE NOT EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.tenant_id = f.tenant_id AND t.transaction_id = f.transaction_id)
  ) OR EXISTS (
    SELECT 1 FROM (SELECT DISTINCT ON (tenant_id, account, currency) * FROM fresh ORDER BY tenant_id, account, currency, version DESC) f
      LEFT JOIN ledger_accounts a ON a.tenant_id = f.tenant_id AND a.account = f.account AND a.currency = f.currency
      WHERE a.version IS DISTINCT FROM f.version OR a.balance_minor IS DISTINCT FROM f.balance_after_minor
  ) THEN
    RAISE EXCEPTION USING errcode = 'EK012', message = 'ledger: entries without their transaction or account';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_checked AFTER INSERT ON ledger_entries
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_entries();
--> statement-breakpoint
CREATE FUNCTION ledger_check_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version = 0 THEN
    IF NEW.balance_minor = 0 THEN RETURN NULL; END IF;
  ELSIF EXISTS (
    SELECT 1 FROM ledger_entries e WHERE e.tenant_id = NEW.tenant_id AND e.account = NEW.account AND e.currency = NEW.currency
      AND e.version = NEW.version AND e.balance_after_minor = NEW.balance_minor
  ) THEN RETURN NULL;
  END IF;
  RAISE EXCEPTION USING errcode = 'EK013', message = 'ledger: a balance was changed without an entry';
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_accounts_inserted AFTER INSERT ON ledger_accounts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_account();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_accounts_updated AFTER UPDATE OF balance_minor, version ON ledger_accounts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_account();
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING errcode = 'EK014', message = TG_TABLE_NAME || ' is append-only; corrections reverse';
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER ledger_transactions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transactions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER recharge_consents_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON recharge_consents
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
