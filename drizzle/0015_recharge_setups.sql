-- What decisions are made of, for any number of tenants at once. The tenants' role sees its own, as in any table.
-- Planned once for each connection: PostgreSQL takes the length of an array that it knows for a reason to plan anew with each call, and
-- ten times as long for the plan as for the dozen lookups.
CREATE FUNCTION recharge_setups(p_tenants uuid[], p_now timestamptz, p_shown boolean) RETURNS TABLE (
  tenant_id uuid, currency text, time_zone text, stripe_customer_id text, stop_all boolean, dry_run boolean, backup_tried boolean,
  rule json, account json, methods json, tries json, open json, counted json, consent json, last json
) LANGUAGE plpgsql STABLE SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT
    r.tenant_id, t.currency, t.time_zone, t.stripe_customer_id, coalesce(b.stop_all, false), coalesce(b.dry_run, false),
    EXISTS (SELECT 1 FROM recharge_attempts x WHERE x.tenant_id = r.tenant_id AND x.episode_id = r.episode_id AND x.is_backup),
    to_json(r), to_json(a),
    (SELECT json_agg(json_build_object(
        'paymentMethodId', m.payment_method_id, 'isDefault', m.is_default, 'fingerprint', m.fingerprint, 'status', m.status,
        'type', m.type, 'funding', m.card->>'funding', 'country', m.card->>'country') ORDER BY m.created_at DESC, m.payment_method_id DESC)
      FROM payment_methods m WHERE m.tenant_id = r.tenant_id AND m.removed_at IS NULL
        AND (m.removing_until IS NULL OR m.removing_until <= p_now)),
    (SELECT json_agg(json_build_object('fingerprint', u.fingerprint, 'at', u.created_at) ORDER BY u.created_at) FROM unpaid_card_tries(
      ARRAY(SELECT m.fingerprint FROM payment_methods m WHERE m.tenant_id = r.tenant_id AND m.removed_at IS NULL AND m.fingerprint IS NOT NULL),
      p_now - interval '30 days') u),
    (SELECT json_build_object('attemptId', x.attempt_id, 'state', x.state, 'amountMinor', x.amount_minor, 'totalMinor', x.total_minor,
        'at', coalesce(x.charging_at, x.created_at))
      FROM recharge_attempts x
      WHERE x.tenant_id = r.tenant_id AND x.state IN ('reserved', 'charging', 'processing', 'requires_action', 'unknown')),
    -- What was reserved a day before the longest month may have been charged within it: so long a lost request is sent again.
    (SELECT json_agg(json_build_object('totalMinor', x.total_minor, 'at', coalesce(x.charging_at, x.created_at)))
      FROM recharge_attempts x
      WHERE x.tenant_id = r.tenant_id AND x.created_at >= p_now - interval '33 days' AND x.state = 'succeeded'),
    CASE WHEN p_shown THEN (SELECT json_build_object('consentId', c.consent_id, 'textVersion', c.text_version, 'actor', c.actor, 'at', c.created_at)
      FROM recharge_consents c WHERE c.tenant_id = r.tenant_id AND c.consent_id = r.consent_id) END,
    CASE WHEN p_shown THEN (SELECT to_json(x) FROM recharge_attempts x
      WHERE x.tenant_id = r.tenant_id ORDER BY x.created_at DESC, x.attempt_id DESC LIMIT 1) END
  FROM recharge_rules r
    JOIN tenants t ON t.tenant_id = r.tenant_id
    JOIN ledger_accounts a ON a.tenant_id = r.tenant_id AND a.account = 'prepaid'
    LEFT JOIN recharge_brakes b ON b.id = 1
  WHERE r.tenant_id = ANY (p_tenants);
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION recharge_setups FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION recharge_setups TO evenkeel_tenant;
--> statement-breakpoint
DROP FUNCTION recharge_setup;
--> statement-breakpoint
ALTER FUNCTION stripe_events_store(timestamptz, text, text[], text[], text[], text[], timestamptz[], boolean[]) SET plan_cache_mode = force_generic_plan;
