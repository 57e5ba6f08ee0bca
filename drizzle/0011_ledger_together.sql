-- The condition of the ledger's triggers in place, not in a function: PostgreSQL read that function anew for every row that was written.
DROP TRIGGER ledger_entries_checked ON ledger_entries;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_entries_checked AFTER INSERT ON ledger_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (current_setting('evenkeel.posting', true) IS DISTINCT FROM 'on')
  EXECUTE FUNCTION ledger_check_entry();
--> statement-breakpoint
DROP TRIGGER ledger_accounts_inserted ON ledger_accounts;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_accounts_inserted AFTER INSERT ON ledger_accounts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (current_setting('evenkeel.posting', true) IS DISTINCT FROM 'on')
  EXECUTE FUNCTION ledger_check_account();
--> statement-breakpoint
DROP TRIGGER ledger_accounts_updated ON ledger_accounts;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_accounts_updated AFTER UPDATE OF balance_minor, version ON ledger_accounts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (current_setting('evenkeel.posting', true) IS DISTINCT FROM 'on')
  EXECUTE FUNCTION ledger_check_account();
--> statement-breakpoint
DROP FUNCTION ledger_is_posting;
--> statement-breakpoint
-- Takes of several tenants, all or none, one commit for all, but for those whose account somebody else has locked or whose floor says
-- no: they are left out of the answer, so that nobody waits for a stranger or is refused with one, and are then taken alone.
CREATE FUNCTION ledger_take_together(
  p_now timestamptz, p_tenants uuid[], p_currencies text[], p_enforce_floor boolean[], p_ids uuid[], p_kinds text[], p_sources text[],
  p_descriptions text[], p_metadata text[], p_accounts text[], p_amounts bigint[]
) RETURNS TABLE (nth int, balance_minor bigint, held_minor bigint, needs_recharge boolean, duplicates int[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  v_free uuid[];
  v_taken record;
BEGIN
  SELECT array_agg(l.tenant_id) INTO v_free FROM (
    SELECT a.tenant_id FROM ledger_accounts a
    WHERE a.tenant_id = ANY (p_tenants) AND a.account = 'prepaid' AND (a.floor_minor IS NULL OR a.balance_minor - a.held_minor -
      (SELECT sum(t.amount) FROM unnest(p_tenants, p_amounts) AS t (id, amount) WHERE t.id = a.tenant_id) >= a.floor_minor)
    FOR NO KEY UPDATE SKIP LOCKED
  ) l;
  FOR n IN 1 .. cardinality(p_ids) LOOP
    CONTINUE WHEN v_free IS NULL OR p_tenants[n] <> ALL (v_free);
    v_taken := ledger_take(p_tenants[n], p_currencies[n], p_now, p_enforce_floor[n], p_ids[n], p_kinds[n], p_sources[n],
      p_descriptions[n], p_metadata[n], p_accounts[n], p_amounts[n]);
    nth := n;
    balance_minor := v_taken.balance_minor;
    held_minor := v_taken.held_minor;
    needs_recharge := v_taken.needs_recharge;
    duplicates := v_taken.duplicates;
    RETURN NEXT;
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION ledger_take_together FROM PUBLIC;
