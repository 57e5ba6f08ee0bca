-- An Idempotency-Key is taken, and its answer kept, without waiting for the disk: PostgreSQL writes its log in order, so whatever the
-- request commits afterwards is on disk only after the claim is. Single rows by their key, whatever the statistics say (see 0006).
CREATE FUNCTION idempotency_claim(
  p_now timestamptz, p_lease_until timestamptz, p_forgotten timestamptz, p_tenants uuid[], p_keys text[], p_hashes text[]
) RETURNS TABLE (nth int, created_at timestamptz) LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_created_at timestamptz;
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  FOR n IN 1 .. cardinality(p_keys) LOOP
    INSERT INTO idempotency_keys AS k (tenant_id, key, request_hash, created_at, lease_until)
      VALUES (p_tenants[n], p_keys[n], p_hashes[n], p_now, p_lease_until)
      ON CONFLICT (tenant_id, key) DO UPDATE SET
        request_hash = excluded.request_hash, status = NULL, body = NULL, lease_until = excluded.lease_until,
        created_at = CASE WHEN k.created_at <= p_forgotten THEN excluded.created_at ELSE k.created_at END
      -- One that is older than keys are kept, or whose request has died.
      WHERE k.created_at <= p_forgotten OR k.status IS NULL AND k.lease_until < p_now AND k.request_hash = excluded.request_hash
      RETURNING k.created_at INTO v_created_at;
    CONTINUE WHEN NOT FOUND;
    RETURN QUERY SELECT n, v_created_at;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION idempotency_store(p_tenants uuid[], p_keys text[], p_leases timestamptz[], p_statuses int[], p_bodies text[])
RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  FOR n IN 1 .. cardinality(p_keys) LOOP
    UPDATE idempotency_keys k SET status = p_statuses[n], body = p_bodies[n]
      WHERE k.tenant_id = p_tenants[n] AND k.key = p_keys[n] AND k.lease_until = p_leases[n] AND k.status IS NULL;
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION idempotency_claim, idempotency_store FROM PUBLIC;
