-- Records usage in one round trip: each event once, sums per period and day, what goes over the quota rated exactly and taken
-- from the prepaid balance. Locks: periods, then events, then what is carried, then the ledger, each in order.
-- EK005: over a hard cap (detail: the metric). EK006: ids that were used for other usage (detail: their positions, from 0).
CREATE FUNCTION usage_record(
  p_tenant uuid, p_subscription uuid, p_currency text, p_minor_per_major numeric, p_zone text, p_now timestamptz,
  p_term_metric text[], p_term_start timestamptz[], p_term_end timestamptz[], p_term_plan text[], p_term_version text[],
  p_term_included bigint[], p_term_price numeric[], p_term_posting uuid[],
  p_ids text[], p_metrics text[], p_quantities bigint[], p_used_at timestamptz[], p_named_at timestamptz[], p_period_start timestamptz[]
) RETURNS TABLE (metric text, period_start timestamptz, used_before bigint, used_after bigint, included bigint, overage bigint,
  recorded bigint, billed_minor bigint, needs_recharge boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_metrics text[];
  v_starts timestamptz[];
  v_before bigint[];
  v_after bigint[];
  v_included bigint[];
  v_overage bigint[];
  v_recorded bigint[];
  v_reused text;
  v_capped text;
  v_bill_metrics text[];
  v_bill_minor bigint[];
  v_low boolean := false;
BEGIN
  PERFORM ledger_guard_tenant(p_tenant);
  INSERT INTO usage_periods (tenant_id, subscription_id, metric, period_start, period_end, plan, plan_version, currency, included, overage_price)
    SELECT p_tenant, p_subscription, t.metric, t.start, t.finish, t.plan, t.version, p_currency, t.included, t.price
    FROM unnest(p_term_metric, p_term_start, p_term_end, p_term_plan, p_term_version, p_term_included, p_term_price)
      AS t (metric, start, finish, plan, version, included, price)
    ORDER BY t.metric, t.start
    ON CONFLICT DO NOTHING;
  PERFORM 1 FROM usage_periods u
    JOIN unnest(p_term_metric, p_term_start) AS t (metric, start) ON u.metric = t.metric AND u.period_start = t.start
    WHERE u.tenant_id = p_tenant AND u.subscription_id = p_subscription
    ORDER BY u.metric, u.period_start FOR UPDATE OF u;

  WITH fresh AS (
    INSERT INTO usage_events (tenant_id, event_id, subscription_id, metric, quantity, used_at, named_at, period_start, recorded_at)
      SELECT p_tenant, g.id, p_subscription, g.metric, g.quantity, g.used_at, g.named_at, g.start, p_now
      FROM unnest(p_ids, p_metrics, p_quantities, p_used_at, p_named_at, p_period_start) AS g (id, metric, quantity, used_at, named_at, start)
      ORDER BY g.id
      ON CONFLICT DO NOTHING
      RETURNING metric, quantity, used_at, period_start
  ), days AS (
    INSERT INTO usage_days (tenant_id, subscription_id, metric, period_start, day, quantity)
      SELECT p_tenant, p_subscription, f.metric, f.period_start, (f.used_at AT TIME ZONE p_zone)::date, sum(f.quantity) FROM fresh f
      GROUP BY 2, 3, 4, 5
      ON CONFLICT (tenant_id, subscription_id, metric, period_start, day) DO UPDATE SET quantity = usage_days.quantity + excluded.quantity
  ), sums AS (
    SELECT f.metric, f.period_start, sum(f.quantity)::bigint AS quantity, count(*) AS events FROM fresh f GROUP BY f.metric, f.period_start
  ), rated AS (
    -- Units once paid for as overage do not use up what an upgrade includes.
    SELECT u.metric, u.period_start, u.used, u.included, u.overage_price, s.quantity, s.events,
      CASE WHEN u.included IS NULL THEN 0
        ELSE greatest(0, s.quantity - greatest(0, u.included - (u.used - u.overage))) END AS beyond
    FROM usage_periods u JOIN sums s ON s.metric = u.metric AND s.period_start = u.period_start
    WHERE u.tenant_id = p_tenant AND u.subscription_id = p_subscription
  ), updated AS (
    UPDATE usage_periods u SET used = u.used + r.quantity, overage = u.overage + r.beyond,
        cost_minor_exact = u.cost_minor_exact + r.beyond * coalesce(r.overage_price, 0) * p_minor_per_major
      FROM rated r
      WHERE u.tenant_id = p_tenant AND u.subscription_id = p_subscription AND u.metric = r.metric AND u.period_start = r.period_start
      RETURNING u.metric, u.period_start, r.used AS used_before, u.used AS used_after, u.included, u.overage, r.events,
        r.beyond, r.overage_price
  ), costs AS (
    SELECT u.metric, sum(u.beyond * u.overage_price * p_minor_per_major) AS cost FROM updated u
    WHERE u.beyond > 0 AND u.overage_price IS NOT NULL GROUP BY u.metric
  ), carried AS (
    INSERT INTO usage_carry AS c (tenant_id, currency, metric, carry_minor_exact)
      SELECT p_tenant, p_currency, k.metric, k.cost FROM costs k ORDER BY k.metric
      ON CONFLICT (tenant_id, currency, metric) DO UPDATE SET carry_minor_exact = c.carry_minor_exact + excluded.carry_minor_exact
      RETURNING metric, carry_minor_exact
  )
  SELECT (SELECT min(u.metric) FROM updated u WHERE u.beyond > 0 AND u.overage_price IS NULL),
    array_agg(u.metric ORDER BY u.metric, u.period_start), array_agg(u.period_start ORDER BY u.metric, u.period_start),
    array_agg(u.used_before ORDER BY u.metric, u.period_start), array_agg(u.used_after ORDER BY u.metric, u.period_start),
    array_agg(u.included ORDER BY u.metric, u.period_start), array_agg(u.overage ORDER BY u.metric, u.period_start),
    array_agg(u.events ORDER BY u.metric, u.period_start),
    (SELECT array_agg(c.metric ORDER BY c.metric) FROM carried c WHERE c.carry_minor_exact >= 1),
    (SELECT array_agg(trunc(c.carry_minor_exact)::bigint ORDER BY c.metric) FROM carried c WHERE c.carry_minor_exact >= 1)
  INTO v_capped, v_metrics, v_starts, v_before, v_after, v_included, v_overage, v_recorded, v_bill_metrics, v_bill_minor
  FROM updated u;

  -- A statement of its own, so that it sees what another transaction recorded while the insert waited for it.
  IF coalesce((SELECT sum(r) FROM unnest(v_recorded) r), 0) < cardinality(p_ids) THEN
    SELECT string_agg((g.n - 1)::text, ',' ORDER BY g.n) INTO v_reused
      FROM unnest(p_ids, p_metrics, p_quantities, p_named_at) WITH ORDINALITY AS g (id, metric, quantity, named_at, n)
      JOIN usage_events e ON e.tenant_id = p_tenant AND e.event_id = g.id
      WHERE (e.metric, e.quantity, e.named_at) IS DISTINCT FROM (g.metric, g.quantity, g.named_at);
    IF v_reused IS NOT NULL THEN
      RAISE EXCEPTION USING errcode = 'EK006', message = 'ids used for other usage', detail = v_reused;
    END IF;
  END IF;

  IF v_capped IS NOT NULL THEN
    RAISE EXCEPTION USING errcode = 'EK005', message = 'quota used up', detail = v_capped;
  END IF;

  IF v_bill_metrics IS NOT NULL THEN
    UPDATE usage_carry c SET carry_minor_exact = c.carry_minor_exact - b.minor
      FROM unnest(v_bill_metrics, v_bill_minor) AS b (metric, minor)
      WHERE c.tenant_id = p_tenant AND c.currency = p_currency AND c.metric = b.metric;
    SELECT l.needs_recharge INTO v_low FROM (
      SELECT array_agg(x.posting) AS ids, array_agg('usage'::text) AS kinds, array_agg('usage:' || x.posting) AS sources,
        array_agg(x.metric) AS descriptions, array_agg(json_build_object('subscriptionId', p_subscription, 'metric', x.metric)::text) AS metadata,
        array_agg(NULL::uuid) AS reverses,
        array_agg(x.n) || array_agg(x.n) AS leg_posting,
        array_agg('prepaid'::text) || array_agg('usage_revenue'::text) AS leg_account,
        array_agg(-x.minor) || array_agg(x.minor) AS leg_amount
      FROM (
        SELECT b.metric, b.minor, b.n::int AS n,
          (SELECT t.posting FROM unnest(p_term_metric, p_term_posting) AS t (metric, posting) WHERE t.metric = b.metric LIMIT 1) AS posting
        FROM unnest(v_bill_metrics, v_bill_minor) WITH ORDINALITY AS b (metric, minor, n) ORDER BY b.n
      ) x
    ) a, LATERAL ledger_post(p_tenant, p_currency, p_now, true, a.ids, a.kinds, a.sources, a.descriptions, a.metadata, a.reverses,
      a.leg_posting, a.leg_account, a.leg_amount) l;
  END IF;

  RETURN QUERY
    SELECT r.metric, r.start, r.before, r.after, r.included, r.overage, r.recorded,
      coalesce((SELECT b.minor FROM unnest(v_bill_metrics, v_bill_minor) AS b (metric, minor) WHERE b.metric = r.metric), 0), v_low
    FROM unnest(v_metrics, v_starts, v_before, v_after, v_included, v_overage, v_recorded)
      AS r (metric, start, before, after, included, overage, recorded);
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION usage_record FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION usage_record TO evenkeel_tenant;
