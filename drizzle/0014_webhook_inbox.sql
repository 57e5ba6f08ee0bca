-- Takes in Stripe's events, each once by its id: one statement for as many as came together. An event that nothing has to be done for
-- is handled by being stored. Whose it is, is found by the customer's index, whatever the statistics say (see 0006).
CREATE FUNCTION stripe_events_store(
  p_now timestamptz, p_via text, p_ids text[], p_types text[], p_objects text[], p_customers text[], p_created timestamptz[], p_done boolean[]
) RETURNS TABLE (event_id text) LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    INSERT INTO stripe_events (event_id, type, object_id, stripe_customer_id, created_at, received_at, via, handled_at, tenant_id)
    SELECT e.id, e.type, e.object, e.customer, e.created, p_now, p_via, CASE WHEN e.done THEN p_now END,
      (SELECT t.tenant_id FROM tenants t WHERE t.stripe_customer_id = e.customer)
    FROM unnest(p_ids, p_types, p_objects, p_customers, p_created, p_done) AS e(id, type, object, customer, created, done)
    -- Events that meet in two transactions meet in one order.
    ORDER BY e.id
    ON CONFLICT DO NOTHING
    RETURNING event_id;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION stripe_events_store FROM PUBLIC;
