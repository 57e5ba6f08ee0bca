-- The ledger's write path, faster. What the triggers below found out about every entry, the functions that write entries now make sure of
-- in the statement that writes; the triggers look at whatever else writes to these tables. Error codes as in 0001.

-- Both functions find single rows by their keys, whatever the statistics say: `enable_seqscan = off` keeps a connection that planned them
-- while the tables were empty from reading whole tables later, and subqueries that give one value cannot become joins over a tenant's past.
CREATE FUNCTION ledger_is_posting() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('evenkeel.posting', true), '') = 'on';
--> statement-breakpoint
CREATE OR REPLACE FUNCTION ledger_post(
  p_tenant uuid, p_currency text, p_now timestamptz, p_enforce_floor boolean,
  p_ids uuid[], p_kinds text[], p_sources text[], p_descriptions text[], p_metadata text[], p_reverses uuid[],
  p_leg_posting int[], p_leg_account text[], p_leg_amount bigint[]
) RETURNS TABLE (balance_minor bigint, held_minor bigint, needs_recharge boolean, duplicates int[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off SET evenkeel.posting = 'on' AS $$
#variable_conflict use_column
DECLARE
  v_inserted int;
  v_legs int;
  v_written int;
  v_duplicates int[] := '{}';
  v_account ledger_accounts;
BEGIN
  PERFORM ledger_guard_tenant(p_tenant);
  PERFORM ledger_lock(p_tenant, p_currency);
  IF EXISTS (SELECT 1 FROM unnest(p_leg_posting, p_leg_amount) AS l (posting, amount) GROUP BY l.posting HAVING sum(l.amount) <> 0) THEN
    RAISE EXCEPTION USING errcode = 'EK010', message = 'ledger: a transaction does not sum to zero';
  END IF;
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT l.account FROM unnest(p_leg_account) AS l (account)) l WHERE NOT EXISTS (
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
      WHERE (SELECT t.transaction_id FROM ledger_transactions t WHERE t.tenant_id = p_tenant AND t.transaction_id = i.id) IS NULL;
    IF EXISTS (
      SELECT 1 FROM unnest(p_kinds, p_sources) WITH ORDINALITY AS i (kind, source, n)
        WHERE i.n = ANY (v_duplicates) AND
          (SELECT sum(l.amount) FROM unnest(p_leg_posting, p_leg_account, p_leg_amount) AS l (n, account, amount) WHERE l.n = i.n AND l.account = 'prepaid')
          IS DISTINCT FROM
          (SELECT sum(e.amount_minor) FROM ledger_transactions t
            JOIN ledger_entries e ON e.tenant_id = t.tenant_id AND e.transaction_id = t.transaction_id AND e.account = 'prepaid'
            WHERE t.tenant_id = p_tenant AND t.kind = i.kind AND t.source_id = i.source)
    ) THEN
      RAISE EXCEPTION USING errcode = 'EK002', message = 'source reused with another amount';
    END IF;
  END IF;

  IF v_inserted > 0 THEN
    -- The first entry of an account goes on from its last one; the others of the call from the one before.
    WITH legs AS MATERIALIZED (
      SELECT p_ids[l.posting] AS id, l.account, l.amount, row_number() OVER w AS nth, sum(l.amount) OVER w AS running
      FROM unnest(p_leg_posting, p_leg_account, p_leg_amount) WITH ORDINALITY AS l (posting, account, amount, o)
      WHERE v_duplicates = '{}' OR NOT (l.posting = ANY (v_duplicates))
      WINDOW w AS (PARTITION BY l.account ORDER BY l.o)
    ), accounts AS MATERIALIZED (
      SELECT a.account, a.version, a.balance_minor FROM ledger_accounts a
        WHERE a.tenant_id = p_tenant AND a.currency = p_currency AND a.account IN (SELECT account FROM legs)
          AND (a.version = 0 AND a.balance_minor = 0 OR a.balance_minor = (SELECT e.balance_after_minor FROM ledger_entries e
            WHERE e.tenant_id = p_tenant AND e.account = a.account AND e.currency = p_currency AND e.version = a.version))
    ), written AS (
      INSERT INTO ledger_entries (tenant_id, account, currency, version, transaction_id, amount_minor, balance_after_minor, created_at)
        SELECT p_tenant, l.account, p_currency, a.version + l.nth, l.id, l.amount, a.balance_minor + l.running, p_now
        FROM legs l JOIN accounts a ON a.account = l.account
        RETURNING 1
    ), moved AS (
      -- A balance that rose is another situation: what was put off because nothing could change is looked at again.
      UPDATE ledger_accounts a SET balance_minor = a.balance_minor + s.total, version = a.version + s.entries,
          recharge_check_at = CASE WHEN s.total > 0 THEN '-infinity' ELSE a.recharge_check_at END
        FROM (SELECT account, sum(amount) AS total, count(*) AS entries FROM legs GROUP BY account) s
        WHERE a.tenant_id = p_tenant AND a.account = s.account AND a.currency = p_currency
    )
    SELECT (SELECT count(*) FROM legs), (SELECT count(*) FROM written) INTO v_legs, v_written;
    IF v_written <> v_legs THEN
      RAISE EXCEPTION USING errcode = 'EK011', message = 'ledger: an entry breaks its account''s chain of balances';
    END IF;
  END IF;

  SELECT * INTO v_account FROM ledger_accounts a WHERE a.tenant_id = p_tenant AND a.account = 'prepaid' AND a.currency = p_currency;
  IF p_enforce_floor AND v_inserted > 0 AND v_account.balance_minor - v_account.held_minor < v_account.floor_minor THEN
    RAISE EXCEPTION USING errcode = 'EK001', message = 'insufficient balance';
  END IF;
  RETURN QUERY SELECT v_account.balance_minor, v_account.held_minor,
    v_account.needs_recharge, v_duplicates;
END $$;
--> statement-breakpoint
-- The posting that there are most of, alone: an amount goes from the prepaid account to another. Does as ledger_post does, in half the time.
CREATE FUNCTION ledger_take(
  p_tenant uuid, p_currency text, p_now timestamptz, p_enforce_floor boolean,
  p_id uuid, p_kind text, p_source text, p_description text, p_metadata text, p_account text, p_amount bigint,
  OUT balance_minor bigint, OUT held_minor bigint, OUT needs_recharge boolean, OUT duplicates int[]
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off SET evenkeel.posting = 'on' AS $$
#variable_conflict use_column
DECLARE
  v_floor bigint;
  v_version bigint;
  v_other_balance bigint;
  v_other_version bigint;
  v_written int;
BEGIN
  IF coalesce(current_setting('app.tenant_id', true), '') NOT IN ('', p_tenant::text) THEN
    PERFORM ledger_guard_tenant(p_tenant);
  END IF;
  UPDATE ledger_accounts a SET balance_minor = a.balance_minor - p_amount, version = a.version + 1
    WHERE a.tenant_id = p_tenant AND a.account = 'prepaid' AND a.currency = p_currency
    RETURNING a.balance_minor, a.held_minor, a.needs_recharge, a.floor_minor, a.version
    INTO balance_minor, held_minor, needs_recharge, v_floor, v_version;
  IF NOT FOUND OR p_amount <= 0 OR p_account = 'prepaid' THEN
    RAISE EXCEPTION USING errcode = 'EK004', message = 'the tenant has no prepaid account in this currency, or nothing is taken from it';
  END IF;
  INSERT INTO ledger_transactions (tenant_id, transaction_id, kind, source_id, description, metadata, created_at)
    VALUES (p_tenant, p_id, p_kind, p_source, p_description, p_metadata::jsonb, p_now)
    ON CONFLICT (tenant_id, kind, source_id) DO NOTHING;
  IF NOT FOUND THEN
    -- It came before: the account is as it was, and whether it is the same is looked at as for any other.
    UPDATE ledger_accounts a SET balance_minor = a.balance_minor + p_amount, version = a.version - 1
      WHERE a.tenant_id = p_tenant AND a.account = 'prepaid' AND a.currency = p_currency;
    SELECT l.* INTO balance_minor, held_minor, needs_recharge, duplicates
      FROM ledger_post(p_tenant, p_currency, p_now, p_enforce_floor, ARRAY[p_id], ARRAY[p_kind], ARRAY[p_source], ARRAY[p_description],
        ARRAY[p_metadata], ARRAY[NULL::uuid], ARRAY[1, 1], ARRAY['prepaid', p_account], ARRAY[-p_amount, p_amount]) l;
    RETURN;
  END IF;
  IF p_enforce_floor AND balance_minor - held_minor < v_floor THEN
    RAISE EXCEPTION USING errcode = 'EK001', message = 'insufficient balance';
  END IF;
  UPDATE ledger_accounts a SET balance_minor = a.balance_minor + p_amount, version = a.version + 1
    WHERE a.tenant_id = p_tenant AND a.account = p_account AND a.currency = p_currency
    RETURNING a.balance_minor, a.version INTO v_other_balance, v_other_version;
  IF NOT FOUND THEN
    INSERT INTO ledger_accounts (tenant_id, account, currency, balance_minor, version) VALUES (p_tenant, p_account, p_currency, p_amount, 1);
    v_other_balance := p_amount;
    v_other_version := 1;
  END IF;
  INSERT INTO ledger_entries (tenant_id, account, currency, version, transaction_id, amount_minor, balance_after_minor, created_at)
    SELECT p_tenant, n.account, p_currency, n.version, p_id, n.amount, n.after, p_now
    FROM (VALUES ('prepaid', v_version, -p_amount, balance_minor), (p_account, v_other_version, p_amount, v_other_balance)) AS n (account, version, amount, after)
    WHERE n.version = 1 AND n.after = n.amount OR n.after - n.amount = (SELECT e.balance_after_minor FROM ledger_entries e
      WHERE e.tenant_id = p_tenant AND e.account = n.account AND e.currency = p_currency AND e.version = n.version - 1);
  GET DIAGNOSTICS v_written = ROW_COUNT;
  IF v_written <> 2 THEN
    RAISE EXCEPTION USING errcode = 'EK011', message = 'ledger: an entry breaks its account''s chain of balances';
  END IF;
  duplicates := '{}';
END $$;
--> statement-breakpoint
DROP TRIGGER ledger_entries_checked ON ledger_entries;
--> statement-breakpoint
DROP FUNCTION ledger_check_entries;
--> statement-breakpoint
CREATE FUNCTION ledger_check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(e.amount_minor) FROM ledger_entries e
      WHERE e.tenant_id = NEW.tenant_id AND e.transaction_id = NEW.transaction_id AND e.currency = NEW.currency) <> 0 THEN
    RAISE EXCEPTION USING errcode = 'EK010', message = 'ledger: a transaction does not sum to zero';
  END IF;
  IF NOT (NEW.version = 1 AND NEW.balance_after_minor = NEW.amount_minor OR EXISTS (
    SELECT 1 FROM ledger_entries p WHERE p.tenant_id = NEW.tenant_id AND p.account = NEW.account AND p.currency = NEW.currency
      AND p.version = NEW.version - 1 AND p.balance_after_minor = NEW.balance_after_minor - NEW.amount_minor)) THEN
    RAISE EXCEPTION USING errcode = 'EK011', message = 'ledger: an entry breaks its account''s chain of balances';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.tenant_id = NEW.tenant_id AND t.transaction_id = NEW.transaction_id)
    OR NOT EXISTS (
      SELECT 1 FROM ledger_accounts a JOIN ledger_entries l
          ON l.tenant_id = a.tenant_id AND l.account = a.account AND l.currency = a.currency AND l.version = a.version AND l.balance_after_minor = a.balance_minor
        WHERE a.tenant_id = NEW.tenant_id AND a.account = NEW.account AND a.currency = NEW.currency AND a.version >= NEW.version) THEN
    RAISE EXCEPTION USING errcode = 'EK012', message = 'ledger: entries without their transaction or account';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_entries_checked AFTER INSERT ON ledger_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT ledger_is_posting()) EXECUTE FUNCTION ledger_check_entry();
--> statement-breakpoint
DROP TRIGGER ledger_accounts_inserted ON ledger_accounts;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_accounts_inserted AFTER INSERT ON ledger_accounts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT ledger_is_posting()) EXECUTE FUNCTION ledger_check_account();
--> statement-breakpoint
DROP TRIGGER ledger_accounts_updated ON ledger_accounts;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_accounts_updated AFTER UPDATE OF balance_minor, version ON ledger_accounts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT ledger_is_posting()) EXECUTE FUNCTION ledger_check_account();
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION ledger_take FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION ledger_take TO evenkeel_tenant;
